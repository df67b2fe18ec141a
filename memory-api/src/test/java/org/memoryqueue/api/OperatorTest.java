package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.usage.Batch;
import org.memoryqueue.usage.DailyBudget;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.usage.UsageLedger;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class OperatorTest {

    private static final long YEAR_2020 = 1_577_836_800_000L;

    @Inject
    WorkerStandIn worker;

    @Inject
    Leases leases;

    @Inject
    UsageLedger usage;

    @Inject
    Pool pool;

    private final Map<String, Object> session = session(4);
    private final String student = String.valueOf(session.get("studentId"));

    @AfterEach
    void resume() {
        turn("resume");
    }

    @Test
    void pausesAndResumesAndSaysWhatChanged() {
        String jobId = accepted();

        turn("pause")
                .body("", aMapWithSize(6))
                .body("success", equalTo(true))
                .body("changed", equalTo(true))
                .body("mode", equalTo("paused"))
                .body("previous", equalTo("running"))
                .body("active", greaterThanOrEqualTo(0))
                .body("drained", equalTo(false));
        turn("pause").body("changed", equalTo(false)).body("previous", equalTo("paused"));
        given().get("/api/admin/queue-status")
                .then()
                .body("queue.mode", equalTo("paused"))
                .body("metrics.waiting", equalTo(0))
                .body("metrics.paused", greaterThan(0));
        given().get("/api/student/memory/jobs/" + jobId).then().body("state", equalTo("paused"));
        show(jobId).body("state", equalTo("paused"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () -> assertThat(given().get("/q/metrics").asString()).contains("memory_queue_paused 1.0"));

        turn("resume")
                .body("changed", equalTo(true))
                .body("mode", equalTo("running"))
                .body("previous", equalTo("paused"));
        show(jobId).body("state", equalTo("waiting"));
    }

    @Test
    void drainsUntilNothingRuns() {
        String running = accepted();
        Lease lease = worker.lease(running);
        pool.query("UPDATE memory.memory_job SET state = 'queued', lease_owner = NULL, lease_until = NULL"
                        + " WHERE state = 'running' AND id <> " + running)
                .execute()
                .await()
                .indefinitely();

        turn("drain")
                .body("changed", equalTo(true))
                .body("mode", equalTo("draining"))
                .body("active", equalTo(1))
                .body("drained", equalTo(false));
        given().get("/api/admin/queue-status").then().body("queue.drained", equalTo(false));
        worker.complete(lease);

        given().get("/api/admin/queue-status")
                .then()
                .body("queue.mode", equalTo("draining"))
                .body("queue.drained", equalTo(true))
                .body("metrics.active", equalTo(0));
        turn("drain").body("changed", equalTo(false)).body("drained", equalTo(true));
        show(running).body("state", equalTo("completed"));
        handIn(session(4)).statusCode(202);
    }

    @Test
    void listsJobsWithoutTheirTranscripts() {
        String first = accepted();
        String second = accepted(with(session, "sessionStartTime", "2026-01-15T09:00:00Z"));

        list("studentId=" + student)
                .body("", aMapWithSize(1))
                .body("jobs.jobId", contains(second, first))
                .body("jobs[1]", aMapWithSize(14))
                .body("jobs[1].state", equalTo("waiting"))
                .body("jobs[1].priority", equalTo("low"))
                .body("jobs[1].studentId", equalTo(student))
                .body("jobs[1].chatbotId", equalTo("tutor"))
                .body("jobs[1].roomId", equalTo("room-1"))
                .body("jobs[1].revision", equalTo(1))
                .body("jobs[1].superseded", equalTo(false))
                .body("jobs[1].attemptsMade", equalTo(0))
                .body("jobs[1].errorCode", nullValue())
                .body("jobs[1].failedReason", nullValue())
                .body("jobs[1].createdAt", greaterThan(YEAR_2020))
                .body("jobs[1].processedAt", nullValue())
                .body("jobs[1].finishedAt", nullValue());
    }

    @Test
    void listsJobsByAFilterAndPageByPage() {
        String waiting = accepted();
        String failed = failed(with(session, "sessionStartTime", "2026-01-15T09:00:00Z"));
        String cancelled = accepted(with(session, "sessionStartTime", "2026-01-15T10:00:00Z"));
        given().delete("/api/admin/jobs/" + cancelled);
        String of = "studentId=" + student;

        list(of + "&state=failed&errorCode=summariser_error").body("jobs.jobId", contains(failed));
        list(of + "&state=cancelled&priority=low&roomId=room-1").body("jobs.jobId", contains(cancelled));
        list(of + "&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00.5%2B01:00").body("jobs", empty());
        list(of + "&state=&priority=&roomId=&from=&to=&errorCode=&cursor=&limit=")
                .body("jobs", hasSize(3));

        List<String> paged = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            var page = list(of + "&limit=1&cursor=" + cursor).extract();
            paged.addAll(page.<List<String>>path("jobs.jobId"));
            cursor = page.path("nextCursor");
        }
        assertThat(paged).containsExactly(cancelled, failed, waiting);
    }

    @Test
    void showsWhatAJobAndTheDayHaveUsedOfALanguageModel() {
        String jobId = accepted();
        int callsBefore = given().get("/api/admin/usage").path("days[0].calls");
        usage.record(
                        new Batch(
                                UUID.randomUUID(),
                                1,
                                Map.of(Long.valueOf(jobId), new Usage(2, 1_500, 250, new BigDecimal("0.000250000")))),
                        new DailyBudget(new BigDecimal("0.0001"), null))
                .await()
                .indefinitely();

        show(jobId)
                .body("usage", aMapWithSize(4))
                .body("usage.calls", equalTo(2))
                .body("usage.promptTokens", equalTo(1_500))
                .body("usage.completionTokens", equalTo(250))
                .body("usage.cost", equalTo(0.00025f));
        given().get("/api/admin/usage")
                .then()
                .statusCode(200)
                .body("days", hasSize(31))
                .body("days[0]", aMapWithSize(8))
                .body("days[0].calls", equalTo(callsBefore + 2))
                .body("days[0].costBudget", equalTo(0.0001f))
                .body("days[0].tokenBudget", nullValue())
                .body("days[0].exhausted", equalTo(true))
                .body("days[30].calls", equalTo(0))
                .body("days[30].exhausted", equalTo(false));
    }

    @Test
    void showsAJobClosely() {
        String jobId = accepted();
        leases.release(List.of(worker.lease(jobId))).await().indefinitely();
        worker.lease(jobId);

        show(jobId)
                .body("", aMapWithSize(29))
                .body("jobId", equalTo(jobId))
                .body("state", equalTo("active"))
                .body("studentId", equalTo(student))
                .body("stage", equalTo("leased"))
                .body("progress", equalTo(10))
                .body("attemptsMade", equalTo(1))
                .body("messageCount", equalTo(4))
                .body("studentMessageCount", equalTo(2))
                .body("sessionStart", greaterThan(YEAR_2020))
                .body("acceptedAt", greaterThan(YEAR_2020))
                .body("runAt", greaterThan(YEAR_2020))
                .body("memoryId", nullValue())
                .body("lease", aMapWithSize(3))
                .body("lease.worker", equalTo("stand-in"))
                .body("lease.until", greaterThan(YEAR_2020))
                .body("lease.alone", equalTo(false))
                .body("lostLeases", equalTo(0))
                .body("lostAlone", equalTo(0))
                .body("suspect", equalTo(false))
                .body("usage", nullValue())
                .body("outage", nullValue())
                .body("attempts", hasSize(2))
                .body("attempts[0]", aMapWithSize(6))
                .body("attempts.token", contains(1, 2))
                .body("attempts.outcome", contains("released", "running"))
                .body("attempts[1].endedAt", nullValue());
    }

    @Test
    void cancelsAJobOnce() {
        String jobId = accepted();
        worker.lease(jobId);

        cancel(jobId)
                .body("", aMapWithSize(5))
                .body("success", equalTo(true))
                .body("changed", equalTo(true))
                .body("jobId", equalTo(jobId))
                .body("state", equalTo("cancelled"))
                .body("previous", equalTo("active"));
        cancel(jobId)
                .body("changed", equalTo(false))
                .body("state", equalTo("cancelled"))
                .body("reason", equalTo("It has ended"));

        show(jobId).body("state", equalTo("cancelled")).body("progress", equalTo(100));
        given().get("/api/student/memory/jobs/" + jobId)
                .then()
                .body("state", equalTo("failed"))
                .body("failedReason", equalTo("cancelled"));
    }

    @Test
    void leavesACompletedJob() {
        String jobId = accepted();
        worker.complete(worker.lease(jobId));
        cancel(jobId).body("changed", equalTo(false)).body("state", equalTo("completed"));
        retry(jobId)
                .body("changed", equalTo(false))
                .body("state", equalTo("completed"))
                .body("reason", equalTo("Only a failed job can be retried"));
    }

    @Test
    void retriesAFailedJobOnce() {
        String jobId = failed(session);

        retry(jobId)
                .body("", aMapWithSize(5))
                .body("changed", equalTo(true))
                .body("state", equalTo("waiting"))
                .body("previous", equalTo("failed"));
        retry(jobId).body("changed", equalTo(false)).body("state", equalTo("waiting"));

        show(jobId)
                .body("attemptsMade", equalTo(0))
                .body("errorCode", nullValue())
                .body("failedReason", nullValue())
                .body("attempts.outcome", contains("failed"))
                .body("attempts[0].errorCode", equalTo("summariser_error"));
        worker.complete(worker.lease(jobId));
        show(jobId).body("state", equalTo("completed")).body("memoryId", matchesPattern("[0-9a-f-]{36}"));
    }

    @Test
    void doesNotRetryARevisionThatANewerOneHasReplaced() {
        String older = failed(session);
        accepted(with(session, "messages", Sessions.messages(10)));
        retry(older)
                .body("changed", equalTo(false))
                .body("state", equalTo("failed"))
                .body("reason", equalTo("A newer revision of its session has a job of its own"));
    }

    @Test
    void retriesWhatAFilterApplies() {
        String jobId = failed(session);
        failed(session(4));

        retryMatching(Map.of("state", "failed", "studentId", student, "errorCode", "summariser_error"))
                .statusCode(200)
                .body("", aMapWithSize(4))
                .body("success", equalTo(true))
                .body("changed", equalTo(true))
                .body("retried", equalTo(1))
                .body("more", equalTo(false));
        retryMatching(Map.of("studentId", student))
                .body("changed", equalTo(false))
                .body("retried", equalTo(0));

        show(jobId).body("state", equalTo("waiting"));
        audit().body("actions[1].action", equalTo("retry_matching"))
                .body("actions[1].changed", equalTo(1))
                .body(
                        "actions[1].filter",
                        equalTo(Map.of("state", "failed", "studentId", "(withheld)", "errorCode", "summariser_error")))
                .body("actions[0].changed", equalTo(0));
    }

    @Test
    void retriesEverythingThatFailedWithAnEmptyFilter() {
        String jobId = failed(session);
        retryMatching(Map.of()).body("retried", greaterThanOrEqualTo(1)).body("more", equalTo(false));
        show(jobId).body("state", equalTo("waiting"));
    }

    @Test
    void keepsARecordOfEveryAction() {
        String jobId = accepted();
        cancel(jobId);
        given().delete("/api/admin/jobs/999999999").then().statusCode(404);
        turn("pause");

        audit().body("", aMapWithSize(2))
                .body("nextCursor", matchesPattern("\\d+"))
                .body("actions[0]", aMapWithSize(7))
                .body("actions.action", contains("pause", "cancel", "cancel"))
                .body("actions.operator", contains("admin", "admin", "admin"))
                .body("actions.jobId", contains(null, "999999999", jobId))
                .body("actions.changed", contains(1, 0, 1))
                .body("actions[0].at", greaterThan(YEAR_2020))
                .body("actions[0].filter", nullValue())
                .body("actions[0].id", matchesPattern("\\d+"));
        String newest = audit().extract().path("actions[0].id");
        given().get("/api/admin/audit?limit=1&cursor=" + newest)
                .then()
                .statusCode(200)
                .body("actions.action", contains("cancel"));
    }

    @Test
    void saysWhereWorkersTakeJobsFromAndWhetherRedisIsThere() {
        forgetWorkers();
        awaitRedis();
        for (String dispatch : List.of("redis", "redis", "postgres")) {
            pool.preparedQuery("INSERT INTO memory.process (id, service, pool_size, slots, dispatch)"
                            + " VALUES (gen_random_uuid()::text, 'memory-worker', 20, 10, $1)")
                    .execute(Tuple.of(dispatch))
                    .await()
                    .indefinitely();
        }

        given().get("/api/admin/queue-status")
                .then()
                .body("healthy", equalTo(true))
                .body("queue", aMapWithSize(7))
                .body("queue.mode", equalTo("running"))
                .body("queue.drained", equalTo(false))
                .body("queue.workers", equalTo(3))
                .body("queue.slots", equalTo(30))
                .body("queue.dispatch", equalTo(Map.of("redis", 2, "postgres", 1)))
                .body("queue.processes", greaterThanOrEqualTo(3))
                .body("queue.connections", greaterThanOrEqualTo(60));

        forgetWorkers();
    }

    private void forgetWorkers() {
        pool.query("DELETE FROM memory.process WHERE service = 'memory-worker'")
                .execute()
                .await()
                .indefinitely();
    }

    /** A test that killed Redis has started it again; the connections to it are not all new yet. */
    private static void awaitRedis() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> given().get("/api/admin/queue-status").path("redis.connected"));
    }

    @Test
    void worksWhileRedisIsAway() throws Exception {
        String failed = failed(session);
        String waiting = accepted(session(4));
        LocalStores.redis().kill();
        try {
            turn("pause").body("changed", equalTo(true));
            retry(failed).body("changed", equalTo(true)).body("state", equalTo("paused"));
            cancel(waiting).body("changed", equalTo(true));
            given().get("/api/admin/queue-status")
                    .then()
                    .statusCode(200)
                    .body("healthy", equalTo(false))
                    .body("redis.connected", equalTo(false))
                    .body("queue.mode", equalTo("paused"));
        } finally {
            LocalStores.redis().restart();
        }
        awaitRedis();
    }

    @ParameterizedTest
    @CsvSource({
        "state, state=done",
        "state, state=FAILED",
        "priority, priority=urgent",
        "studentId, studentId=%00",
        "studentId, studentId=a%20b",
        "roomId, roomId=a/b",
        "from, from=yesterday",
        "from, from=2026-01-15T09:00:00",
        "to, to=%2B999999999-01-01T00:00:00Z",
        "errorCode, errorCode=unlucky",
        "cursor, cursor=x",
        "cursor, cursor=0",
        "limit, limit=0",
        "limit, limit=101",
        "limit, limit=x"
    })
    void namesAParameterThatIsWrong(String field, String query) {
        given().urlEncodingEnabled(false)
                .get("/api/admin/jobs?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(field));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "state, {\"state\": \"completed\"}",
                "priority, {\"priority\": \"urgent\"}",
                "priority, {\"priority\": 1}",
                "studentId, `{\"studentId\": [\"a\", \"b\"]}`",
                "roomId, {\"roomId\": \"a\\u0000\"}",
                "from, {\"from\": \"2026\"}",
                "errorCode, {\"errorCode\": \"unlucky\"}",
                "errorcode, {\"errorcode\": \"poison\"}",
                "body, []"
            })
    void retriesNothingWhereTheFilterIsWrong(String field, String body) {
        String jobId = failed(session);
        given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/admin/jobs/retry")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations.field", contains(field));
        show(jobId).body("state", equalTo("failed"));
    }

    @Test
    void asksForAFilterToRetryBy() {
        given().contentType(ContentType.JSON)
                .post("/api/admin/jobs/retry")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
        given().contentType(ContentType.TEXT)
                .body("{}")
                .post("/api/admin/jobs/retry")
                .then()
                .statusCode(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "-1", "abc", "99999999999999999999999", "1e3"})
    void knowsNoSuchJob(String jobId) {
        String path = "/api/admin/jobs/" + jobId;
        given().get(path).then().statusCode(404).body("error", equalTo("Job not found"));
        given().delete(path).then().statusCode(404).body("error", equalTo("Job not found"));
        given().post(path + "/retry").then().statusCode(404).body("error", equalTo("Job not found"));
    }

    @Test
    void answersTheWrongMethodWithAProblem() {
        for (String path : List.of("/api/admin/queue/pause", "/api/admin/jobs/1/retry")) {
            given().get(path).then().statusCode(405).contentType("application/problem+json");
        }
        given().post("/api/admin/queue/stop").then().statusCode(404).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=x", "limit=0", "limit=101"})
    void namesAParameterOfTheAuditThatIsWrong(String query) {
        given().get("/api/admin/audit?" + query)
                .then()
                .statusCode(400)
                .body("violations.field", hasItem(query.split("=", 2)[0]))
                .body("violations.field", not(hasItem("body")));
    }

    private String accepted() {
        return accepted(session);
    }

    private static String accepted(Map<String, Object> session) {
        return handIn(session).statusCode(202).extract().path("jobId");
    }

    private String failed(Map<String, Object> session) {
        String jobId = accepted(session);
        worker.fail(worker.lease(jobId));
        return jobId;
    }

    private static ValidatableResponse turn(String mode) {
        return given().post("/api/admin/queue/" + mode).then().statusCode(200);
    }

    private static ValidatableResponse list(String query) {
        return given().urlEncodingEnabled(false)
                .get("/api/admin/jobs?" + query)
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse show(String jobId) {
        return given().get("/api/admin/jobs/" + jobId).then().statusCode(200);
    }

    private static ValidatableResponse cancel(String jobId) {
        return given().delete("/api/admin/jobs/" + jobId).then().statusCode(200);
    }

    private static ValidatableResponse retry(String jobId) {
        return given().post("/api/admin/jobs/" + jobId + "/retry").then().statusCode(200);
    }

    private static ValidatableResponse retryMatching(Map<String, Object> filter) {
        return given().contentType(ContentType.JSON)
                .body(filter)
                .post("/api/admin/jobs/retry")
                .then()
                .statusCode(200);
    }

    /** The newest three actions. */
    private static ValidatableResponse audit() {
        return given().get("/api/admin/audit?limit=3").then().statusCode(200);
    }
}
