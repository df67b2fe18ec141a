package org.memoryqueue.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Postponement.Outcome;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class PostponementTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void handsTheJobBackForLaterWithoutCountingTheAttempt() {
        Lease lease = jobs.leased(transcript(session(), 4));

        assertThat(postpone(lease, Duration.ZERO)).isEqualTo(Outcome.POSTPONED);

        assertThat(jobs.state(lease.jobId())).isEqualTo("queued");
        assertThat(jobs.row(lease.jobId()).getBoolean("delayed")).isTrue();
        assertThat(jobs.row(lease.jobId()).getInteger("attempts")).isZero();
        assertThat(delay(lease)).isBetween(2.0, 2.4);
        assertThat(jobs.claim(lease.jobId()).refused().getFirst().reason()).isInstanceOf(Claim.NotDue.class);
    }

    @Test
    void waitsTwiceAsLongEachTimeUpToFiveMinutes() {
        Lease lease = jobs.leased(transcript(session(), 4));
        double expected = 2;
        for (int outage = 0; outage < 10; outage++) {
            postpone(lease, Duration.ZERO);
            assertThat(delay(lease)).isBetween(expected, expected * 1.2);
            expected = Math.min(300, expected * 2);
            lease = jobs.leased(due(lease));
        }
    }

    @Test
    void waitsAsLongAsAServerAsksFor() {
        Lease lease = jobs.leased(transcript(session(), 4));
        postpone(lease, Duration.ofMinutes(10));
        assertThat(delay(lease)).isGreaterThanOrEqualTo(600);
    }

    @Test
    void givesUpWhenTheOutageHasLastedForTooLongAndSaysWhatWasAway() {
        Lease first = jobs.leased(transcript(session(), 4));
        postpone(first, Duration.ZERO);
        stores.rows(
                "UPDATE memory.memory_job SET outages = 5, outage_since = now() - interval '25 hours' WHERE id = $1",
                first.jobId());
        Lease second = jobs.leased(due(first));

        assertThat(postpone(second, Duration.ZERO)).isEqualTo(Outcome.GIVEN_UP);

        assertThat(jobs.state(first.jobId())).isEqualTo("failed");
        assertThat(jobs.row(first.jobId()).getString("error_code")).isEqualTo("summariser_unavailable");
        assertThat(jobs.row(first.jobId()).getString("failed_reason")).isEqualTo("The model is away");
        assertThat(jobs.row(first.jobId()).getInteger("attempts")).isEqualTo(1);
    }

    @Test
    void mayBeRepeatedAndLeavesAStaleLeaseAlone() {
        Lease lease = jobs.leased(transcript(session(), 4));
        postpone(lease, Duration.ZERO);
        assertThat(postpone(lease, Duration.ZERO)).isEqualTo(Outcome.POSTPONED);
        assertThat(jobs.row(lease.jobId()).getInteger("outages")).isEqualTo(1);

        Lease completed = jobs.leased(due(lease));
        jobs.complete(completed, summary());
        assertThat(postpone(lease, Duration.ZERO)).isEqualTo(Outcome.STALE);
        assertThat(postpone(completed, Duration.ZERO)).isEqualTo(Outcome.STALE);
        assertThat(jobs.state(lease.jobId())).isEqualTo("completed");
    }

    @Test
    void isRememberedAsAnAttempt() {
        Lease lease = jobs.leased(transcript(session(), 4));
        postpone(lease, Duration.ZERO);
        Lease second = jobs.leased(due(lease));
        await(stores.bean(Leases.class).release(List.of(second)));
        jobs.leased(lease.jobId());
        jobs.expire(lease.jobId());
        Lease last = jobs.leased(lease.jobId());
        jobs.complete(last, summary());

        assertThat(stores.rows(
                        "SELECT outcome, error_code FROM memory.job_attempt WHERE job_id = $1 ORDER BY lease_token",
                        lease.jobId()))
                .extracting(row -> row.getString("outcome"), row -> row.getString("error_code"))
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("postponed", "summariser_unavailable"),
                        org.assertj.core.groups.Tuple.tuple("released", null),
                        org.assertj.core.groups.Tuple.tuple("lost", null),
                        org.assertj.core.groups.Tuple.tuple("completed", null));
    }

    private static Outcome postpone(Lease lease, Duration atLeast) {
        return await(stores.bean(Postponement.class)
                .postpone(lease, atLeast, ErrorCode.SUMMARISER_UNAVAILABLE, "The model is away"));
    }

    private long due(Lease lease) {
        stores.rows("UPDATE memory.memory_job SET run_at = now() WHERE id = $1", lease.jobId());
        return lease.jobId();
    }

    /** In seconds, from the moment of the transaction that postponed it. */
    private static double delay(Lease lease) {
        return ((Number) stores.value("""
                        SELECT extract(epoch FROM j.run_at - a.ended_at)::float8
                          FROM memory.memory_job j JOIN memory.job_attempt a ON a.job_id = j.id
                         WHERE j.id = $1
                         ORDER BY a.lease_token DESC
                         LIMIT 1
                        """, lease.jobId())).doubleValue();
    }
}
