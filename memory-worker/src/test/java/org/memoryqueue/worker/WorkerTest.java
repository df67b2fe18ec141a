package org.memoryqueue.worker;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.intake.PriorityConfig;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.job.JobState;
import org.memoryqueue.status.JobReader;
import org.memoryqueue.status.JobRow;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;
import org.memoryqueue.worker.dispatch.DispatchMode;

@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
class WorkerTest {

    private static final int CONCURRENCY = 3;

    @Inject
    Enqueuer enqueuer;

    @Inject
    PriorityConfig priorities;

    @Inject
    JobReader jobs;

    @Inject
    ScriptedSummariser summariser;

    @Inject
    DueIndex index;

    @Inject
    DispatchMode mode;

    @Inject
    Pool pool;

    @Inject
    ReactiveRedisDataSource redis;

    /** As long as the slowest machine may take; a condition that holds ends the wait. */
    @BeforeAll
    static void waitPatiently() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    }

    @AfterEach
    void letGo() {
        await().untilAsserted(() -> {
            summariser.letGo();
            assertThat(index.length().await().indefinitely()).isZero();
        });
    }

    @Test
    void completesAJobAndLeavesNothingInTheIndex() {
        long job = enqueue("hello");

        awaitState(job, JobState.COMPLETED);

        assertThat(job(job).memoryId()).isNotNull();
        assertThat(job(job).attempts()).isEqualTo(1);
        await().untilAsserted(
                        () -> assertThat(index.length().await().indefinitely()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail", "throw"})
    void failsAJobThatCannotBeSummarisedWithoutRepeatingTheStudentsWords(String fault) {
        long job = enqueue(fault);

        awaitState(job, JobState.FAILED);

        assertThat(job(job).failedReason()).contains("summariser").doesNotContain("secret");
    }

    @Test
    void holdsNoMoreJobsThanItHasSlots() {
        List<Long> held = IntStream.range(0, 3 * CONCURRENCY)
                .mapToObj(i -> enqueue("hold"))
                .toList();

        await().until(() -> summariser.holding() == CONCURRENCY);
        assertThat(held).filteredOn(job -> job(job).state() == JobState.RUNNING).hasSize(CONCURRENCY);
        assertThat(pending()).isEqualTo(CONCURRENCY);
    }

    @Test
    void takesUrgentJobsFirst() {
        IntStream.range(0, CONCURRENCY).forEach(i -> enqueue("hold"));
        await().until(() -> summariser.holding() == CONCURRENCY);
        List<Long> low = IntStream.range(0, 4).mapToObj(i -> enqueue("hold", 2)).toList();
        List<Long> high =
                IntStream.range(0, 4).mapToObj(i -> enqueue("hold", 30)).toList();

        summariser.letGo();

        await().until(() -> summariser.holding() == CONCURRENCY);
        assertThat(high)
                .filteredOn(job -> job(job).state() == JobState.RUNNING)
                .hasSizeGreaterThanOrEqualTo(CONCURRENCY - 1);
        assertThat(low).filteredOn(job -> job(job).state() == JobState.QUEUED).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void keepsItsLeaseOnAJobThatTakesLongerThanALease() {
        long job = enqueue("hold");
        awaitState(job, JobState.RUNNING);
        Instant begun = Instant.now();

        await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(begun.plusSeconds(8)));
        summariser.letGo();
        awaitState(job, JobState.COMPLETED);

        assertThat(job(job).attempts()).isEqualTo(1);
        assertThat(lostLeases(job)).isZero();
    }

    @Test
    void dropsTheWorkOnAJobThatAnotherHasReclaimed() {
        int before = summariser.cancelled();
        long job = enqueue("hold");
        awaitState(job, JobState.RUNNING);

        execute(
                "UPDATE memory.memory_job SET lease_token = lease_token + 1, lease_owner = 'another',"
                        + " lease_until = now() + interval '1 minute' WHERE id = $1",
                job);

        await().until(() -> summariser.cancelled() == before + 1);
        assertThat(job(job).state()).isEqualTo(JobState.RUNNING);
        execute("UPDATE memory.memory_job SET lease_until = now() - interval '1 minute' WHERE id = $1", job);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            summariser.letGo();
            return job(job).state() == JobState.COMPLETED;
        });
    }

    @Test
    void reclaimsAJobWhoseWorkerDied() {
        long job = enqueue("hello");
        awaitState(job, JobState.COMPLETED);
        long orphan = insertLeasedByADeadWorker();

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(job(orphan).state()).isEqualTo(JobState.COMPLETED);
        });
        assertThat(lostLeases(orphan)).isEqualTo(1);
    }

    @Test
    void recoversFromAFlushOfRedis() {
        IntStream.range(0, CONCURRENCY).forEach(i -> enqueue("hold"));
        await().until(() -> summariser.holding() == CONCURRENCY);
        List<Long> waiting =
                IntStream.range(0, 20).mapToObj(i -> enqueue("hello")).toList();

        redis.getRedis().send(Request.cmd(Command.FLUSHALL)).await().indefinitely();
        summariser.letGo();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(waiting).allMatch(job -> job(job).state() == JobState.COMPLETED));
    }

    @Test
    void keepsNoMoreEntriesThanItHasSlotsWhileNothingCanBeLeasedAndCatchesUpAtOnce() {
        List<Long> waiting;
        execute("ALTER TABLE memory.memory_job ADD CONSTRAINT outage CHECK (state <> 'running') NOT VALID");
        try {
            waiting = IntStream.range(0, 20 * CONCURRENCY)
                    .mapToObj(i -> enqueue("hello"))
                    .toList();
            await().until(() -> pending() > 0);
            await().during(Duration.ofSeconds(8))
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(pending()).isLessThanOrEqualTo(CONCURRENCY));
        } finally {
            execute("ALTER TABLE memory.memory_job DROP CONSTRAINT outage");
        }

        await().untilAsserted(() -> assertThat(waiting).allMatch(job -> job(job).state() == JobState.COMPLETED));
    }

    @ParameterizedTest
    @CsvSource({"invalid, invalid_answer, The answer is no JSON", "rejected, transcript_rejected, The model refuses it"
    })
    void failsAJobThatTheModelCannotDealWithAndSaysWhy(String fault, String code, String reason) {
        long job = enqueue(fault);

        awaitState(job, JobState.FAILED);

        assertThat(job(job).failedReason()).isEqualTo(reason);
        assertThat(column(job, "error_code")).isEqualTo(code);
        assertThat(job(job).attempts()).isEqualTo(1);
    }

    @Test
    void putsAJobOffThatTheDatabaseCannotStoreForAReasonOfItsOwn() {
        execute("CREATE FUNCTION memory.forbid() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$ BEGIN RAISE EXCEPTION 'no right' USING ERRCODE = '42501'; END $$");
        execute("CREATE TRIGGER forbid BEFORE INSERT ON memory.student_chat_memories EXECUTE FUNCTION memory.forbid()");
        long job;
        try {
            job = enqueue("hello");
            await().until(() -> "storage_error".equals(column(job, "outage_code")));
        } finally {
            execute("DROP FUNCTION memory.forbid() CASCADE");
        }

        awaitState(job, JobState.COMPLETED);
        assertThat(job(job).attempts()).isEqualTo(1);
    }

    @Test
    void putsAJobOffWhileTheModelIsAwayWithoutCountingAnAttemptAndLeasesNoMoreThanProbes() {
        summariser.misconfigure(true);
        List<Long> waiting = IntStream.range(0, 3 * CONCURRENCY)
                .mapToObj(i -> enqueue("misconfigured"))
                .toList();
        await().until(() -> waiting.stream().anyMatch(job -> job(job).delayed()));

        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(30))
                .until(() -> waiting.stream().filter(job -> job(job).delayed()).count() <= CONCURRENCY);
        summariser.misconfigure(false);

        await().untilAsserted(() -> assertThat(waiting).allMatch(job -> job(job).state() == JobState.COMPLETED));
        assertThat(waiting).allMatch(job -> job(job).attempts() == 1);
    }

    @Test
    void takesJobsStraightFromPostgresWhileRedisIsFullAndGoesBackByItself() {
        redis.getRedis()
                .send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg("1"))
                .await()
                .indefinitely();
        try {
            await().until(() -> !mode.usesIndex());
            List<Long> accepted =
                    IntStream.range(0, 20).mapToObj(i -> enqueue("hello")).toList();
            await().untilAsserted(() -> assertThat(accepted).allMatch(job -> job(job).state() == JobState.COMPLETED));
        } finally {
            redis.getRedis()
                    .send(Request.cmd(Command.CONFIG)
                            .arg("SET")
                            .arg("maxmemory")
                            .arg("0"))
                    .await()
                    .indefinitely();
        }
        await().until(mode::usesIndex);
        awaitState(enqueue("hello"), JobState.COMPLETED);
    }

    /** The bound that docs/adr/0006 states. */
    @Test
    void letsTheKthLowJobWaitForAtMostTwelveTimesKOthersUnderAFloodOfHighOnes() {
        int lows = 4;
        execute("UPDATE memory.queue_control SET mode = 'paused', changes = changes + 1");
        List<Long> high;
        List<Long> low;
        try {
            high = IntStream.range(0, 15 * lows)
                    .mapToObj(i -> enqueue("hello", 30))
                    .toList();
            low = IntStream.range(0, lows).mapToObj(i -> enqueue("hello", 2)).toList();
        } finally {
            execute("UPDATE memory.queue_control SET mode = 'running', changes = changes + 1");
        }
        await().until(() ->
                Stream.concat(high.stream(), low.stream()).allMatch(job -> job(job).state() == JobState.COMPLETED));

        // Beyond 12 k only what was handed back while the queue was paused, and is taken before anything new.
        for (int k = 1; k <= lows; k++) {
            OffsetDateTime started = requireNonNull(job(low.get(k - 1)).startedAt());
            assertThat(high.stream()
                            .filter(job -> requireNonNull(job(job).startedAt()).isBefore(started)))
                    .as("jobs leased before the low one with the number " + k)
                    .hasSizeLessThanOrEqualTo(12 * k + CONCURRENCY - 1);
        }
    }

    @Test
    void leasesNothingWhileTheQueueIsPaused() {
        execute("UPDATE memory.queue_control SET mode = 'paused', changes = changes + 1");
        try {
            long job = enqueue("hello");
            await().until(() -> job(job).paused());
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> job(job).state() == JobState.QUEUED);
        } finally {
            execute("UPDATE memory.queue_control SET mode = 'running', changes = changes + 1");
        }
        await().until(() -> index.length().await().indefinitely() == 0);
    }

    @Test
    void abortsTheWorkOnAJobThatIsCalledOffWithinSeconds() {
        int before = summariser.cancelled();
        long job = enqueue("hold");
        awaitState(job, JobState.RUNNING);
        await().until(() -> summariser.holding() > 0);

        execute(
                "UPDATE memory.memory_job SET state = 'cancelled', finished_at = now(), lease_owner = NULL,"
                        + " lease_until = NULL WHERE id = $1",
                job);
        execute("UPDATE memory.queue_control SET changes = changes + 1");

        await().until(() -> summariser.cancelled() == before + 1);
        await().until(() -> index.length().await().indefinitely() == 0);
        assertThat(job(job).state()).isEqualTo(JobState.CANCELLED);
    }

    @Test
    void runsASuspectAloneAndThenTheOthersAgain() {
        IntStream.range(0, CONCURRENCY - 1).forEach(i -> enqueue("hold"));
        await().until(() -> summariser.holding() == CONCURRENCY - 1);
        long suspect = enqueue("hold");
        await().until(() -> summariser.holding() == CONCURRENCY);
        execute(
                "UPDATE memory.memory_job SET lost_leases = 1, lease_token = lease_token + 1,"
                        + " lease_until = now() - interval '1 minute' WHERE id = $1",
                suspect);
        await().until(() -> "queued 2".equals(column(suspect, "state || ' ' || lost_leases")));
        summariser.letGo();
        await().until(() -> "running true".equals(column(suspect, "state || ' ' || leased_alone")));
        long after = enqueue("hello");
        await().until(() -> summariser.holding() == 1);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(() -> running() == 1);
        summariser.letGo();
        awaitState(suspect, JobState.COMPLETED);
        awaitState(after, JobState.COMPLETED);
    }

    @Test
    void throwsAwayEntriesThatNameNoJob() {
        redis.getRedis()
                .send(Request.cmd(Command.XADD)
                        .arg("{memory}:high")
                        .arg("*")
                        .arg("id")
                        .arg("987654321"))
                .await()
                .indefinitely();
        redis.getRedis()
                .send(Request.cmd(Command.XADD)
                        .arg("{memory}:low")
                        .arg("*")
                        .arg("junk")
                        .arg("junk"))
                .await()
                .indefinitely();

        await().untilAsserted(
                        () -> assertThat(index.length().await().indefinitely()).isZero());
    }

    @Test
    void showsItsHealthInTheContractsShape() {
        given().get("/health")
                .then()
                .statusCode(200)
                .body("", aMapWithSize(2))
                .body("status", equalTo("healthy"))
                .body("metrics", aMapWithSize(7));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
    }

    @Test
    void exportsItsMetrics() {
        awaitState(enqueue("hello"), JobState.COMPLETED);

        await().untilAsserted(() -> given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("memory_worker_slots 3.0"))
                .body(containsString("memory_worker_busy "))
                .body(containsString("memory_attempts_started_total{priority=\"low\"}"))
                .body(containsString("memory_attempts_seconds_count{outcome=\"completed\",priority=\"low\"}")));
    }

    private long enqueue(String firstWords) {
        return enqueue(firstWords, 1);
    }

    private long enqueue(String firstWords, int messages) {
        List<Message> said = IntStream.range(0, messages)
                .mapToObj(i -> new Message(Message.STUDENT, i == 0 ? firstWords : "and " + i))
                .toList();
        Session session = new Session("student-" + UUID.randomUUID(), "tutor", "room", Instant.now());
        return enqueuer.enqueue(Submission.of(new Transcript(session, said), priorities))
                .await()
                .indefinitely()
                .jobId();
    }

    private long insertLeasedByADeadWorker() {
        return pool.preparedQuery("""
                        INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, revision, messages,
                               fingerprint, message_count, student_message_count, priority, state, lease_token,
                               lease_owner, lease_until, attempts, started_at)
                        VALUES ($1, 'tutor', 'room', now(), 1, '[{"role":"user","content":"hello"}]',
                                decode(repeat('00', 16), 'hex'), 1, 1, 'low', 'running', 1,
                                'dead', now() - interval '1 hour', 1, now())
                        RETURNING id""")
                .execute(Tuple.of("student-" + UUID.randomUUID()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("id");
    }

    private void awaitState(long job, JobState state) {
        await().until(() -> job(job).state() == state);
    }

    private JobRow job(long id) {
        return jobs.find(id).await().indefinitely().orElseThrow();
    }

    private int lostLeases(long job) {
        return pool.preparedQuery("SELECT lost_leases FROM memory.memory_job WHERE id = $1")
                .execute(Tuple.of(job))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getInteger(0);
    }

    private Object column(long job, String expression) {
        return pool.preparedQuery("SELECT " + expression + " FROM memory.memory_job WHERE id = $1")
                .execute(Tuple.of(job))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getValue(0);
    }

    private long running() {
        return pool.query("SELECT count(*) FROM memory.memory_job WHERE state = 'running'")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private void execute(String sql) {
        pool.query(sql).execute().await().indefinitely();
    }

    private void execute(String sql, long job) {
        pool.preparedQuery(sql).execute(Tuple.of(job)).await().indefinitely();
    }

    private long pending() {
        return List.of("{memory}:high", "{memory}:normal", "{memory}:low").stream()
                .mapToLong(stream -> redis.getRedis()
                        .send(Request.cmd(Command.XPENDING).arg(stream).arg("workers"))
                        .await()
                        .indefinitely()
                        .get(0)
                        .toLong())
                .sum();
    }
}
