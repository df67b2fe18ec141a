package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.student;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.lease.Lease;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class ErasureTest {

    @Inject
    WorkerStandIn worker;

    @Inject
    Database database;

    @Test
    void leavesNoTraceOfTheStudentOrTheirWordsInAnyTable() {
        String words = "words-" + UUID.randomUUID();
        Map<String, Object> session = with(
                session(2),
                "messages",
                List.of(Map.of("role", "user", "content", words), Map.of("role", "assistant", "content", words)));
        String student = student(session);
        worker.complete(worker.lease(id(handIn(session))));
        given().header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(with(
                        session,
                        "sessionStartTime",
                        Instant.now().minusSeconds(60).toString()))
                .post("/api/student/memory")
                .then()
                .statusCode(202);
        worker.fail(worker.lease(id(handIn(with(session, "chatbotId", "another")))));
        assertThat(database.tablesWith(words)).isNotEmpty();

        erase(student)
                .statusCode(200)
                .body("success", equalTo(true))
                .body("erased.jobs", equalTo(3))
                .body("erased.memories", equalTo(1))
                .body("erased.profiles", equalTo(1))
                .body("erased.answers", equalTo(1));

        assertThat(database.tablesWith(words)).isEmpty();
        assertThat(database.tablesWith(student)).isEmpty();
    }

    @Test
    void erasesAgainWithoutHarm() {
        Map<String, Object> session = session(4);
        handIn(session);
        erase(student(session));

        erase(student(session)).statusCode(200).body("erased.jobs", equalTo(0));
    }

    @Test
    void spoilsTheCompletionOfAJobInFlight() {
        Map<String, Object> session = session(4);
        Lease lease = worker.lease(id(handIn(session)));
        erase(student(session));

        worker.complete(lease);

        remembered(session).body("memories.size()", equalTo(0)).body("profile", nullValue());
        assertThat(database.tablesWith(student(session))).isEmpty();
    }

    @Test
    void bringsNothingBackByRetryOrReplay() {
        Map<String, Object> session = session(4);
        String key = UUID.randomUUID().toString();
        String jobId = given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(session)
                .post("/api/student/memory")
                .path("jobId");
        worker.fail(worker.lease(jobId));
        erase(student(session));

        given().post("/api/admin/jobs/" + jobId + "/retry").then().statusCode(404);
        given().get("/api/student/memory/jobs/" + jobId).then().statusCode(404);
        assertThat(database.tablesWith(student(session))).isEmpty();
        given().header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(session)
                .post("/api/student/memory")
                .then()
                .statusCode(202)
                .header("Idempotency-Replayed", nullValue())
                .body("jobId", not(equalTo(jobId)));
    }

    @Test
    void leavesNothingWhenItMeetsACompletionOfTheSameStudent() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (int round = 0; round < 20; round++) {
                Map<String, Object> session = session(4);
                Map<String, Object> later = with(
                        session,
                        "sessionStartTime",
                        Instant.now().minusSeconds(5).toString());
                List<Lease> leases = List.of(worker.lease(id(handIn(session))), worker.lease(id(handIn(later))));

                List<Future<?>> together = List.of(
                        threads.submit(() -> worker.complete(leases.getFirst())),
                        threads.submit(() -> worker.complete(leases.getLast())),
                        threads.submit(() -> erase(student(session)).statusCode(200)));
                for (Future<?> each : together) {
                    each.get();
                }

                assertThat(database.tablesWith(student(session))).isEmpty();
            }
        }
    }

    @Test
    void takesANewHandInAfterwardsForWhatItIs() {
        Map<String, Object> session = session(4);
        worker.complete(worker.lease(id(handIn(session))));
        erase(student(session));

        worker.complete(worker.lease(id(handIn(session).statusCode(202))));

        remembered(session).body("memories.size()", equalTo(1)).body("profile.total_sessions", equalTo(1));
    }

    @Test
    void erasesTheDataWithOneChatbotOnly() {
        Map<String, Object> session = session(4);
        Map<String, Object> other = with(session, "chatbotId", "another");
        worker.complete(worker.lease(id(handIn(session))));
        worker.complete(worker.lease(id(handIn(other))));

        given().queryParam("studentId", session.get("studentId"))
                .queryParam("chatbotId", "another")
                .delete("/api/student/memory")
                .then()
                .statusCode(200)
                .body("erased.memories", equalTo(1));

        remembered(session).body("memories.size()", equalTo(1)).body("profile.total_sessions", equalTo(1));
        remembered(other).body("memories.size()", equalTo(0)).body("profile", nullValue());
    }

    @Test
    void isAuditedWithoutNamingTheStudent() {
        Map<String, Object> session = session(4);
        handIn(session);
        erase(student(session));

        given().get("/api/admin/audit")
                .then()
                .body("actions.find { it.action == 'erase' }.operator", equalTo("admin"))
                .body("actions.find { it.action == 'erase' }.filter", nullValue());
    }

    @Test
    void erasesAgainWhatABackupBroughtBackButNotWhatCameLater() {
        Map<String, Object> session = session(4);
        String student = student(session);
        erase(student);
        String records = given().get("/api/admin/erasures")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        // As a backup from before the erasure would: the log has lost its newest record, and the student is back.
        database.execute("DELETE FROM memory.erasure");
        worker.complete(worker.lease(id(handIn(session))));
        database.execute(
                "UPDATE memory.memory_job SET accepted_at = now() - interval '1 day' WHERE student_id = $1", student);
        database.execute(
                "UPDATE memory.student_chat_memories SET accepted_at = now() - interval '1 day' WHERE student_id = $1",
                student);
        worker.complete(worker.lease(id(handIn(
                with(session, "sessionStartTime", Instant.now().minusSeconds(9).toString())))));

        again(records).statusCode(200).body("memories", equalTo(1)).body("jobs", equalTo(1));

        remembered(session)
                .body("memories.size()", equalTo(1))
                .body("profile.total_sessions", equalTo(1))
                .body("profile.total_messages", equalTo(2));
        again(records).statusCode(200).body("memories", equalTo(0)).body("jobs", equalTo(0));
        assertThat(database.number("SELECT count(*) AS n FROM memory.erasure")).isPositive();
    }

    @Test
    void namesAWrongFieldOfARecord() {
        again("{\"erasures\": [{\"id\": \"" + UUID.randomUUID()
                        + "\", \"at\": \"2026-01-01T00:00:00Z\", \"salt\": \"xyz\", \"studentHash\": \"00\"}]}")
                .statusCode(400)
                .body("violations.field", equalTo(List.of("erasures[0].salt", "erasures[0].studentHash")));
    }

    @Test
    void asksWhoseDataToErase() {
        given().delete("/api/student/memory").then().statusCode(400).body("error", equalTo("studentId is required"));
    }

    private static ValidatableResponse again(String records) {
        return given().contentType(ContentType.JSON)
                .body(records)
                .post("/api/admin/erasures")
                .then();
    }

    private static ValidatableResponse erase(String student) {
        return given().queryParam("studentId", student)
                .delete("/api/student/memory")
                .then();
    }

    private static ValidatableResponse remembered(Map<String, Object> session) {
        return given().queryParam("studentId", session.get("studentId"))
                .queryParam("chatbotId", session.get("chatbotId"))
                .get("/api/student/memory")
                .then()
                .statusCode(200);
    }

    private static String id(ValidatableResponse handedIn) {
        return handedIn.extract().path("jobId");
    }
}
