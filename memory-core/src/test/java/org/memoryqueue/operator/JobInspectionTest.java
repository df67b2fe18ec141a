package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.Postponement;
import org.memoryqueue.lease.Renewal;
import org.memoryqueue.operator.InspectedJob.Trouble;
import org.memoryqueue.status.ShownState;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.usage.Batch;
import org.memoryqueue.usage.DailyBudget;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.usage.UsageLedger;

class JobInspectionTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void findsNothingWhereThereIsNoJob() {
        assertThat(await(stores.bean(JobInspection.class).inspect(Long.MAX_VALUE)))
                .isEmpty();
    }

    @Test
    void showsAWaitingJobWithoutAttempts() {
        Session session = session();
        InspectedJob job = inspect(jobs.accepted(transcript(session, 5)));
        assertThat(job.listed().state()).isEqualTo(ShownState.WAITING);
        assertThat(job.sessionStart().toInstant()).isEqualTo(session.start());
        assertThat(job.messageCount()).isEqualTo(5);
        assertThat(job.studentMessageCount()).isEqualTo(3);
        assertThat(job.hold()).isNull();
        assertThat(job.outage()).isNull();
        assertThat(job.trouble()).isEqualTo(new Trouble(0, 0, false));
        assertThat(job.attempts()).isEmpty();
    }

    @Test
    void showsWhoHasARunningJobAndHowFarItIs() {
        Lease lease = jobs.leased(transcript(session(), 4));
        await(stores.bean(Leases.class).renew(List.of(new Renewal(lease, Stage.STORING))));

        InspectedJob job = inspect(lease.jobId());

        assertThat(job.listed().state()).isEqualTo(ShownState.ACTIVE);
        assertThat(job.stage()).isEqualTo(Stage.STORING);
        assertThat(job.hold()).isNotNull().satisfies(hold -> {
            assertThat(hold.worker()).isEqualTo("worker");
            assertThat(hold.until()).isAfter(job.listed().createdAt());
            assertThat(hold.alone()).isFalse();
        });
        assertThat(job.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.token()).isEqualTo(1);
            assertThat(attempt.worker()).isEqualTo("worker");
            assertThat(attempt.endedAt()).isNull();
            assertThat(attempt.outcome()).isEqualTo("running");
        });
    }

    @Test
    void showsWhatAllItsAttemptsUsedOfALanguageModel() {
        long job = jobs.accepted(transcript(session(), 4));
        assertThat(inspect(job).usage()).isNull();

        UsageLedger ledger = stores.bean(UsageLedger.class);
        Usage usage = new Usage(1, 900, 100, new BigDecimal("0.000130000"));
        UUID writer = UUID.randomUUID();
        await(ledger.record(new Batch(writer, 1, Map.of(job, usage)), DailyBudget.UNLIMITED));
        await(ledger.record(new Batch(writer, 2, Map.of(job, usage)), DailyBudget.UNLIMITED));

        assertThat(inspect(job).usage()).isEqualTo(usage.plus(usage));
    }

    @Test
    void showsTheOneAttemptOfAJobThatCompletedAtOnce() {
        InspectedJob job =
                inspect(jobs.completed(transcript(session(), 4), summary()).jobId());
        assertThat(job.memoryId()).isNotNull();
        assertThat(job.attempts()).singleElement().satisfies(attempt -> {
            assertThat(attempt.outcome()).isEqualTo("completed");
            assertThat(attempt.startedAt()).isEqualTo(job.listed().startedAt());
            assertThat(attempt.endedAt()).isEqualTo(job.listed().finishedAt());
        });
    }

    @Test
    void showsEveryAttemptWithItsOutcomeAlsoAcrossARetry() {
        Lease released = jobs.leased(transcript(session(), 4));
        long job = released.jobId();
        await(stores.bean(Leases.class).release(List.of(released)));
        postpone(jobs.leased(job));
        jobs.leased(job);
        jobs.expire(job);
        Lease failing = jobs.leased(job);
        await(stores.bean(Failures.class).fail(failing, ErrorCode.INVALID_ANSWER, "It was no JSON"));
        assertThat(inspect(job).listed().errorCode()).isEqualTo("invalid_answer");
        jobs.retry(job);
        jobs.complete(jobs.leased(job), summary());

        assertThat(inspect(job).attempts())
                .extracting(JobAttempt::token, JobAttempt::outcome, JobAttempt::errorCode)
                .containsExactly(
                        tuple(1L, "released", null),
                        tuple(2L, "postponed", "summariser_unavailable"),
                        tuple(3L, "lost", null),
                        tuple(4L, "failed", "invalid_answer"),
                        tuple(5L, "completed", null));
    }

    @Test
    void showsWhatAJobIsPostponedForAndThatItIsASuspect() {
        Lease lease = jobs.leased(transcript(session(), 4));
        long job = lease.jobId();
        postpone(lease);
        for (int lost = 0; lost < 2; lost++) {
            jobs.leased(job);
            jobs.expire(job);
            await(stores.bean(Expiry.class).expire(List.of(job)));
        }

        assertThat(inspect(job).trouble()).isEqualTo(new Trouble(2, 0, true));
        assertThat(inspect(job).outage()).isNotNull().satisfies(outage -> {
            assertThat(outage.times()).isEqualTo(1);
            assertThat(outage.code()).isEqualTo("summariser_unavailable");
        });
    }

    @Test
    void showsThatANewerRevisionHasReplacedAJob() {
        Session session = session();
        long older = jobs.leased(transcript(session, 4)).jobId();
        long newer = jobs.accepted(transcript(session, 8));
        assertThat(inspect(older).listed().superseded()).isTrue();
        assertThat(inspect(newer).listed().superseded()).isFalse();
        assertThat(inspect(newer).listed().revision()).isEqualTo(2);
    }

    /** Postpones a job, and lets its time come. */
    private static void postpone(Lease lease) {
        await(stores.bean(Postponement.class)
                .postpone(lease, Duration.ZERO, ErrorCode.SUMMARISER_UNAVAILABLE, "The model is away"));
        stores.rows("UPDATE memory.memory_job SET run_at = now() WHERE id = $1", lease.jobId());
    }

    private static InspectedJob inspect(long job) {
        return await(stores.bean(JobInspection.class).inspect(job)).orElseThrow();
    }
}
