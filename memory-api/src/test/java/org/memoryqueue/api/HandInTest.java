package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.messages;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class HandInTest {

    @Inject
    WorkerStandIn worker;

    @Test
    void acceptsANewSessionWith202AndTheJobsAddress() {
        String jobId = handIn(session(4))
                .statusCode(202)
                .contentType(ContentType.JSON)
                .body("", aMapWithSize(4))
                .body("success", equalTo(true))
                .body("jobId", matchesPattern("\\d+"))
                .body("status", equalTo("queued"))
                .body("message", equalTo("Memory processing has been queued"))
                .extract()
                .path("jobId");

        given().get("/api/student/memory/jobs/" + jobId).then().statusCode(200);
    }

    @Test
    void namesTheJobInLocation() {
        var answer = handIn(session(4)).statusCode(202).extract();

        assertThat(answer.header("Location")).isEqualTo("/api/student/memory/jobs/" + answer.path("jobId"));
    }

    @Test
    void answersADuplicateUnderWayWith200() {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        handIn(session)
                .statusCode(200)
                .body("", aMapWithSize(4))
                .body("success", equalTo(true))
                .body("duplicate", equalTo(true))
                .body("jobId", equalTo(jobId))
                .body("status", equalTo("queued"));
    }

    @Test
    void answersADuplicateThatIsRememberedWithItsMemory() {
        Map<String, Object> session = session(6);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");
        worker.complete(worker.lease(jobId));

        handIn(session)
                .statusCode(200)
                .body("", aMapWithSize(4))
                .body("success", equalTo(true))
                .body("duplicate", equalTo(true))
                .body("jobId", equalTo(jobId))
                .body("memory", aMapWithSize(3))
                .body("memory.id", matchesPattern("[0-9a-f-]{36}"))
                .body("memory.created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*(Z|[+-]\\d\\d:\\d\\d)"))
                .body("memory.message_count", equalTo(6));
    }

    @Test
    void takesAShorterVersionForADuplicate() {
        Map<String, Object> session = session(8);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        handIn(with(session, "messages", messages(5)))
                .statusCode(200)
                .body("duplicate", equalTo(true))
                .body("jobId", equalTo(jobId));
    }

    @Test
    void letsAWaitingJobTakeALongerVersionOver() {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        handIn(with(session, "messages", messages(9))).statusCode(202).body("jobId", equalTo(jobId));
        assertThat(worker.lease(jobId).transcript().messages()).hasSize(9);
    }

    @Test
    void makesANewJobForALongerVersionOfARunningOne() {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");
        worker.lease(jobId);

        handIn(with(session, "messages", messages(9))).statusCode(202).body("jobId", not(equalTo(jobId)));
    }

    @Test
    void takesAnotherStartForAnotherSession() {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        handIn(with(session, "sessionStartTime", Instant.now().minusSeconds(60).toString()))
                .statusCode(202)
                .body("jobId", not(equalTo(jobId)));
    }

    @Test
    void takesTwoSpellingsOfOneInstantForOneSession() {
        Map<String, Object> session = with(session(4), "sessionStartTime", "2026-03-01T10:00:00.000Z");
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        handIn(with(session, "sessionStartTime", "2026-03-01T12:00:00+02:00"))
                .statusCode(200)
                .body("jobId", equalTo(jobId));
    }

    @Test
    void makesOneJobOf200IdenticalRequestsAtOnce() {
        Map<String, Object> session = session(4);

        List<Integer> statuses = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> handIn(session).extract().statusCode())
                .toList();

        assertThat(statuses).filteredOn(status -> status == 202).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(199);
    }

    @Test
    void ignoresMessagesOfOtherRoles() {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).statusCode(202).extract().path("jobId");
        List<Map<String, String>> withSystem = new ArrayList<>(messages(4));
        withSystem.addFirst(Map.of("role", "system", "content", "You are a tutor."));

        handIn(with(session, "messages", withSystem)).statusCode(200).body("jobId", equalTo(jobId));
    }

    @Test
    void keepsUnicodeExactly() {
        String words = "½ + ½ = 1 \uD83D\uDE00 e\u0301 \u202E rtl \u0001 tab\t";
        Map<String, Object> session = with(session(1), "messages", List.of(Map.of("role", "user", "content", words)));
        String jobId = handIn(session).statusCode(202).extract().path("jobId");

        assertThat(worker.lease(jobId).transcript().messages().getFirst().content())
                .isEqualTo(words);
    }

    @Test
    void setsThePriorityByTheNumberOfMessages() {
        assertThat(worker.lease(accepted(7)).priority().word()).isEqualTo("low");
        assertThat(worker.lease(accepted(8)).priority().word()).isEqualTo("normal");
        assertThat(worker.lease(accepted(20)).priority().word()).isEqualTo("normal");
        assertThat(worker.lease(accepted(21)).priority().word()).isEqualTo("high");
    }

    private static String accepted(int messages) {
        return handIn(session(messages)).statusCode(202).extract().path("jobId");
    }

    @ParameterizedTest
    @ValueSource(strings = {"studentId", "chatbotId", "roomId", "messages", "sessionStartTime"})
    void namesAMissingField(String field) {
        Map<String, Object> session = session(4);
        session.remove(field);

        handIn(session)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("title", equalTo("Bad Request"))
                .body("status", equalTo(400))
                .body("error", equalTo("Invalid request"))
                .body("violations", hasItem(hasEntry("field", field)))
                .body("violations", hasItem(hasEntry("message", "is required")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "../etc", "a\u0000"})
    void refusesAnIdWithForeignCharacters(String id) {
        refused(with(session(4), "studentId", id), "studentId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "2026-11-24",
                "2026-11-24T10:00:00",
                "",
                "3026-01-01T00:00:00Z",
                "1999-01-01T00:00:00Z",
                "-999999999-01-01T00:00:00Z"
            })
    void refusesAStartThatIsNoPlausibleInstant(String start) {
        refused(with(session(4), "sessionStartTime", start), "sessionStartTime");
    }

    @Test
    void takesAStartInTheNearFutureForAFastClock() {
        handIn(with(
                        session(4),
                        "sessionStartTime",
                        Instant.now().plusSeconds(500).toString()))
                .statusCode(202);
    }

    @Test
    void refusesASessionInWhichTheStudentSaysNothing() {
        refused(with(session(4), "messages", List.of(Map.of("role", "assistant", "content", "Hello?"))), "messages");
        refused(with(session(4), "messages", List.of()), "messages");
    }

    @Test
    void namesTheMessageThatBreaksARule() {
        List<Map<String, String>> messages = new ArrayList<>(messages(3));
        messages.set(2, Map.of("role", "user", "content", "x".repeat(32_001)));
        refused(with(session(4), "messages", messages), "messages[2].content");

        messages.set(2, Map.of("role", "user"));
        refused(with(session(4), "messages", messages), "messages[2].content");

        messages.set(2, Map.of("role", "user", "content", "NUL \u0000"));
        refused(with(session(4), "messages", messages), "messages[2].content");
    }

    @Test
    void refusesHalfOfASurrogatePair() {
        String body =
                "{\"studentId\":\"s\",\"chatbotId\":\"c\",\"roomId\":\"r\",\"sessionStartTime\":\"2026-01-01T00:00:00Z\","
                        + "\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d\"}]}";

        handIn(body).statusCode(400).body("violations", hasItem(hasEntry("field", "messages[0].content")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{\"studentId\": 1,}", "[1", "\u0000"})
    void answersMalformedJsonWith400(String body) {
        handIn(body).statusCode(400).contentType("application/problem+json").body("error", not(equalTo(null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "1",
                "\"x\"",
                "null",
                "",
                "{\"messages\": 3}",
                "{\"messages\": [3]}",
                "{\"messages\": [null]}",
                "{\"studentId\": {}}"
            })
    void answersAWrongShapeWith400(String body) {
        handIn(body).statusCode(400).contentType("application/problem+json").body("status", equalTo(400));
    }

    @Test
    void refusesABodyOverTheLimit() {
        given().contentType(ContentType.JSON)
                .body("{\"studentId\": \"" + "x".repeat(1 << 20) + "\"}")
                .post("/api/student/memory")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("status", equalTo(413))
                .body("error", equalTo("Request too large"));
    }

    @Test
    void refusesAnotherMediaType() {
        given().contentType(ContentType.TEXT)
                .body("hello")
                .post("/api/student/memory")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void acceptsWhileRedisIsAway() throws Exception {
        LocalStores.redis().kill();
        try {
            handIn(session(4)).statusCode(202);
            given().get("/q/health/ready").then().statusCode(200);
            given().get("/api/admin/queue-status")
                    .then()
                    .statusCode(200)
                    .body("healthy", equalTo(false))
                    .body("redis.connected", equalTo(false));
            given().get("/api/health/queue").then().statusCode(200).body("queue.redis", equalTo("disconnected"));
        } finally {
            LocalStores.redis().restart();
        }
    }

    private static void refused(Map<String, Object> session, String field) {
        handIn(session).statusCode(400).body("violations", hasItem(hasEntry("field", field)));
    }
}
