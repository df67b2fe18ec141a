package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.Postponement;
import org.memoryqueue.operator.Retry.Outcome;
import org.memoryqueue.operator.Retry.Outcomes;
import org.memoryqueue.status.ShownState;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class RetryTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void makesAFailedJobDueAgainAndTellsTheIndex() {
        long job = jobs.failed(transcript(session(), 4)).jobId();
        stores.redis(Command.FLUSHALL);

        assertThat(retry(job)).isEqualTo(new Outcome.Retried(ShownState.WAITING));

        assertThat(jobs.state(job)).isEqualTo("queued");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(jobsInTheIndex()).contains(job));
        Lease lease = jobs.leased(job);
        assertThat(jobs.complete(lease, summary())).isEqualTo(CompletionOutcome.COMMITTED);
    }

    @Test
    void startsAllCountersAnewButNotTheLineOfTokens() {
        long job = poisoned();
        Row before = jobs.row(job);
        assertThat(before.getInteger("lost_leases")).isEqualTo(4);
        assertThat(before.getInteger("outages")).isEqualTo(1);

        retry(job);

        Row after = jobs.row(job);
        assertThat(after.getInteger("attempts")).isZero();
        assertThat(after.getInteger("lost_leases")).isZero();
        assertThat(after.getInteger("lost_alone")).isZero();
        assertThat(after.getInteger("outages")).isZero();
        assertThat(after.getValue("outage_since")).isNull();
        assertThat(after.getValue("outage_code")).isNull();
        assertThat(after.getValue("error_code")).isNull();
        assertThat(after.getValue("failed_reason")).isNull();
        assertThat(after.getValue("finished_at")).isNull();
        assertThat(after.getOffsetDateTime("run_at")).isAfter(before.getOffsetDateTime("run_at"));
        assertThat(after.getLong("lease_token")).isEqualTo(before.getLong("lease_token"));
        assertThat(jobs.leased(job).token()).isEqualTo(before.getLong("lease_token") + 1);
    }

    /** Postponed once, then lost twice among others and twice alone. */
    private long poisoned() {
        Lease first = jobs.leased(transcript(session(), 4));
        long job = first.jobId();
        await(stores.bean(Postponement.class)
                .postpone(first, Duration.ZERO, ErrorCode.SUMMARISER_UNAVAILABLE, "The model is away"));
        stores.rows("UPDATE memory.memory_job SET run_at = now() WHERE id = $1", job);
        for (int lost = 0; lost < 4; lost++) {
            assertThat(await(stores.bean(Leases.class).claimAlone(job, "worker"))
                            .leased())
                    .hasSize(1);
            if (lost < 2) {
                stores.rows("UPDATE memory.memory_job SET leased_alone = false WHERE id = $1", job);
            }
            jobs.expire(job);
            await(stores.bean(Expiry.class).expire(List.of(job)));
        }
        assertThat(jobs.row(job).getString("error_code")).isEqualTo("poison");
        return job;
    }

    @Test
    void keepsOutWhatAnEarlierAttemptMayStillBring() {
        Lease failed = jobs.failed(transcript(session(), 4));
        retry(failed.jobId());
        assertThat(jobs.complete(failed, summary())).isEqualTo(CompletionOutcome.STALE);
        Lease again = jobs.leased(failed.jobId());
        assertThat(jobs.complete(failed, summary())).isEqualTo(CompletionOutcome.STALE);
        assertThat(jobs.complete(again, summary())).isEqualTo(CompletionOutcome.COMMITTED);
    }

    @Test
    void leavesWhatHasNotFailedAndSaysHowItIs() {
        long waiting = jobs.accepted(transcript(session(), 4));
        long running = jobs.leased(transcript(session(), 4)).jobId();
        long completed = jobs.completed(transcript(session(), 4), summary()).jobId();
        long cancelled = jobs.accepted(transcript(session(), 4));
        jobs.cancel(cancelled);
        Map<String, List<String>> before = Records.allElse(stores);
        long records = Records.count(stores);

        assertThat(retry(waiting)).isEqualTo(new Outcome.NotFailed(ShownState.WAITING));
        assertThat(retry(running)).isEqualTo(new Outcome.NotFailed(ShownState.ACTIVE));
        assertThat(retry(completed)).isEqualTo(new Outcome.NotFailed(ShownState.COMPLETED));
        assertThat(retry(cancelled)).isEqualTo(new Outcome.NotFailed(ShownState.CANCELLED));
        assertThat(retry(Long.MAX_VALUE)).isEqualTo(new Outcome.Missing());

        assertThat(Records.allElse(stores)).isEqualTo(before);
        assertThat(Records.count(stores)).isEqualTo(records + 5);
    }

    @Test
    void ofAJobThatIsJustFailingWaitsAndPutsItBack() {
        long job = jobs.leased(transcript(session(), 4)).jobId();
        Uni<Outcome> retry = stores.bean(Retry.class).retry(job, "operator");

        assertThat(Interrupted.by("""
                        UPDATE memory.memory_job
                           SET state = 'failed', error_code = 'poison', failed_reason = 'It was lost', finished_at = now(),
                               lease_owner = NULL, lease_until = NULL
                         WHERE id = $1
                        """, job, retry, stores)).isEqualTo(new Outcome.Retried(ShownState.WAITING));

        assertThat(jobs.state(job)).isEqualTo("queued");
        assertThat(jobs.leased(job).token()).isEqualTo(2);
    }

    @Test
    void changesSomethingOnceWhenManyAskForIt() {
        long job = jobs.failed(transcript(session(), 4)).jobId();
        List<Outcome> outcomes =
                awaitAll(Stream.generate(() -> stores.bean(Retry.class).retry(job, "operator"))
                        .limit(8)
                        .toList());
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.Retried)
                .hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> outcome instanceof Outcome.NotFailed)
                .hasSize(7);
    }

    @Test
    void showsAsPausedWhatIsRetriedWhileTheQueueIsPaused() {
        long job = jobs.failed(transcript(session(), 4)).jobId();
        await(stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "operator"));
        assertThat(retry(job)).isEqualTo(new Outcome.Retried(ShownState.PAUSED));
        assertThat(retry(job)).isEqualTo(new Outcome.NotFailed(ShownState.PAUSED));
        await(stores.bean(QueueSwitch.class).turn(QueueMode.RUNNING, "operator"));
    }

    @Test
    void leavesARevisionThatANewerOneHasReplaced() {
        Session session = session();
        long older = jobs.failed(transcript(session, 4)).jobId();
        Lease newer = jobs.completed(transcript(session, 8), summary("the newer"));
        assertThat(newer.jobId()).isNotEqualTo(older);

        assertThat(retry(older)).isEqualTo(new Outcome.Superseded());
        assertThat(retryMatching(session.studentId())).isEqualTo(new Outcomes(0, false));

        assertThat(jobs.state(older)).isEqualTo("failed");
        assertThat(stores.value(
                        "SELECT conversation_summary FROM memory.student_chat_memories WHERE student_id = $1",
                        session.studentId()))
                .isEqualTo("the newer");
    }

    @Test
    void andANewRevisionThatCrossLeaveOneJobToDo() {
        for (int round = 0; round < 20; round++) {
            Session session = session();
            long older = jobs.failed(transcript(session, 4)).jobId();
            awaitAll(List.<Uni<?>>of(
                            stores.bean(Retry.class).retry(older, "operator"),
                            stores.bean(Enqueuer.class).enqueue(submission(transcript(session, 8))))
                    .stream()
                    .map(uni -> uni.replaceWith(true))
                    .toList());
            assertThat(stores.value("""
                            SELECT count(*) FROM memory.memory_job
                             WHERE student_id = $1 AND state = 'queued' AND NOT superseded
                            """, session.studentId())).isEqualTo(1L);
        }
    }

    @Test
    void ofManyTakesOnlyThoseToWhichTheFilterApplies() {
        String student = student();
        long unavailable = failed(new Session(student, "tutor", "room-a", start()), Priority.HIGH);
        stores.rows("UPDATE memory.memory_job SET error_code = 'summariser_unavailable' WHERE id = $1", unavailable);
        long high = failed(new Session(student, "tutor", "room-a", start()), Priority.HIGH);
        long low = failed(new Session(student, "tutor", "room-b", start()), Priority.LOW);
        long old = failed(new Session(student, "tutor", "room-b", start()), Priority.LOW);
        stores.rows("UPDATE memory.memory_job SET created_at = now() - interval '2 days' WHERE id = $1", old);
        OffsetDateTime yesterday = OffsetDateTime.now(ZoneOffset.UTC).minusDays(1);

        assertThat(retried(new JobFilter(null, null, student(), null, null, null, null)))
                .isZero();
        assertThat(retried(new JobFilter(null, Priority.NORMAL, student, null, null, null, null)))
                .isZero();
        assertThat(retried(new JobFilter(null, null, student, null, null, null, ErrorCode.SUMMARISER_UNAVAILABLE)))
                .isEqualTo(1);
        assertThat(jobs.state(unavailable)).isEqualTo("queued");
        assertThat(retried(new JobFilter(null, Priority.HIGH, student, "room-a", null, null, null)))
                .isEqualTo(1);
        assertThat(jobs.state(high)).isEqualTo("queued");
        assertThat(retried(new JobFilter(ShownState.FAILED, null, student, null, null, yesterday, null)))
                .isEqualTo(1);
        assertThat(jobs.state(old)).isEqualTo("queued");
        assertThat(retried(new JobFilter(null, null, student, null, yesterday, null, null)))
                .isEqualTo(1);
        assertThat(jobs.state(low)).isEqualTo("queued");
    }

    @Test
    void ofMoreThanACallTakesSaysSoAndKeepsOneRecordOfTheCall() {
        String student = student();
        failMany(student, 5_300);

        assertThat(retryMatching(student)).isEqualTo(new Outcomes(5_000, true));
        assertThat(Records.newest(stores)).isEqualTo("operator retry_matching {\"studentId\": \"(withheld)\"} 5000");
        assertThat(retryMatching(student)).isEqualTo(new Outcomes(300, false));
        assertThat(Records.newest(stores)).isEqualTo("operator retry_matching {\"studentId\": \"(withheld)\"} 300");
        assertThat(retryMatching(student)).isEqualTo(new Outcomes(0, false));
        assertThat(Records.newest(stores)).isEqualTo("operator retry_matching {\"studentId\": \"(withheld)\"} 0");

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(jobsInTheIndex())
                        .containsAll(
                                stores.rows("SELECT id FROM memory.memory_job WHERE student_id = $1", student).stream()
                                        .map(row -> row.getLong("id"))
                                        .toList()));
    }

    @Test
    void ofManyCountsEachOnceWhenManyCallsRunAtOnce() {
        String student = student();
        failMany(student, 3_000);
        long failedBefore = failedCounter();

        List<Outcomes> outcomes =
                awaitAll(Stream.generate(() -> stores.bean(Retry.class).retryMatching(ofStudent(student), "operator"))
                        .limit(6)
                        .toList());

        assertThat(outcomes.stream().mapToLong(Outcomes::retried).sum()).isEqualTo(3_000);
        assertThat(failedCounter()).isEqualTo(failedBefore - 3_000);
        assertThat(stores.value("""
                        SELECT sum(accepted) = sum(waiting_high + waiting_normal + waiting_low + delayed + running
                                                   + completed + failed + cancelled + erased)
                          FROM memory.queue_counter
                        """)).isEqualTo(true);
    }

    private long failed(Session session, Priority priority) {
        long job = await(stores.bean(Enqueuer.class).enqueue(submission(transcript(session, 4), priority)))
                .jobId();
        await(stores.bean(Failures.class).fail(jobs.leased(job), ErrorCode.SUMMARISER_ERROR, "It was refused"));
        return job;
    }

    /** Made by a copy of one, and not by handing each in, which would take longer. */
    private void failMany(String student, int count) {
        Lease one = jobs.failed(transcript(session(student), 2));
        stores.rows("""
                INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, messages, fingerprint,
                       message_count, student_message_count, priority, revision, state, lease_token, attempts,
                       error_code, failed_reason, started_at, finished_at)
                SELECT student_id, chatbot_id, room_id, session_start + n * interval '1 second', messages, fingerprint,
                       message_count, student_message_count, priority, revision, state, lease_token, attempts,
                       error_code, failed_reason, started_at, finished_at
                  FROM memory.memory_job, generate_series(1, $2) AS n
                 WHERE id = $1
                """, one.jobId(), count - 1);
    }

    private static Instant start() {
        return session().start();
    }

    private static Outcome retry(long job) {
        return await(stores.bean(Retry.class).retry(job, "operator"));
    }

    private static Outcomes retryMatching(String student) {
        return await(stores.bean(Retry.class).retryMatching(ofStudent(student), "operator"));
    }

    private static long retried(JobFilter filter) {
        return await(stores.bean(Retry.class).retryMatching(filter, "operator")).retried();
    }

    private static JobFilter ofStudent(@Nullable String student) {
        return new JobFilter(null, null, student, null, null, null, null);
    }

    private static long failedCounter() {
        return (long) stores.value("SELECT sum(failed)::bigint FROM memory.queue_counter");
    }

    private static List<Long> jobsInTheIndex() {
        return StreamKeys.streams().stream()
                .flatMap(stream -> StreamSupport.stream(
                        stores.redis(Command.XRANGE, stream, "-", "+").spliterator(), false))
                .map(entry -> entry.get(1).get(1).toLong())
                .toList();
    }
}
