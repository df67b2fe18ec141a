package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.student;
import static org.memoryqueue.api.Sessions.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered as a block of text, and as an export. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class MemoryTextsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Inject
    WorkerStandIn worker;

    @Inject
    Pool pool;

    @Test
    void givesTheContextAsAFencedBlockOfStableBytes() {
        Map<String, Object> session = remember(session(6));

        Response first = context(session);

        first.then().statusCode(200).contentType("text/plain;charset=UTF-8");
        assertThat(first.asString())
                .startsWith("<student_memory>\n")
                .endsWith("</student_memory>\n")
                .contains("The student asked about sums.", "Mastered: addition");
        assertThat(context(session).asByteArray()).isEqualTo(first.asByteArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"399", "32001", "-1", "many"})
    void namesABudgetThatIsNone(String budget) {
        given().header("Authorization", "Bearer " + Tokens.service())
                .queryParam("studentId", "ada")
                .queryParam("chatbotId", "tutor")
                .queryParam("maxCharacters", budget)
                .get("/api/student/memory/context")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("maxCharacters"));
    }

    @Test
    void exportsAllThatIsHeldOnAStudent() throws IOException {
        Map<String, Object> session = session(6);
        String student = student(session);
        remember(session);
        for (int i = 0; i < 45; i++) {
            handIn(
                    with(
                            session,
                            "sessionStartTime",
                            Instant.now().minusSeconds(i).toString()),
                    Tokens.service());
        }

        List<JsonNode> lines = export(student, Tokens.student(student));

        assertThat(lines.stream().map(line -> line.get("type").asText()).distinct())
                .containsExactly("profile", "memory", "job", "end");
        assertThat(lines.stream().filter(line -> line.get("type").asText().equals("job")))
                .hasSize(46)
                .allMatch(job -> job.get("messages").size() == 6)
                .allMatch(job -> job.get("student_id").asText().equals(student));
        assertThat(lines.getLast().get("lines").asInt()).isEqualTo(lines.size() - 1);
        assertThat(lines.get(1).get("observations").get(0).get("topic").asText())
                .isEqualTo("addition");
    }

    @Test
    void exportsTheProfileThatIsShownAlsoWhereOlderRulesStoredIt() throws IOException {
        Map<String, Object> session = remember(session(6));
        String student = student(session);
        pool.preparedQuery("""
                UPDATE memory.student_learning_profiles
                   SET topics_mastered = '{}', topic_progress = '{}', statistics = '{"version": 0, "topics": {}}'
                 WHERE student_id = $1
                """).execute(Tuple.of(student)).await().indefinitely();

        ObjectNode profile =
                (ObjectNode) export(student, Tokens.student(student)).getFirst();

        assertThat(profile.remove("type").asText()).isEqualTo("profile");
        assertThat(profile.get("topics_mastered").get(0).asText()).isEqualTo("addition");
        assertThat(profile)
                .isEqualTo(JSON.readTree(given().header("Authorization", "Bearer " + Tokens.student(student))
                                .queryParam("studentId", student)
                                .queryParam("chatbotId", session.get("chatbotId"))
                                .get("/api/student/memory")
                                .asString())
                        .get("profile"));
    }

    @Test
    void exportsToATeacherWhatBelongsToTheirRooms() throws IOException {
        Map<String, Object> session = remember(session(6));
        Map<String, Object> elsewhere = with(session, "roomId", "room-2");
        remember(elsewhere);

        List<JsonNode> lines = export(student(session), Tokens.teacher("room-2"));

        assertThat(lines).hasSize(3);
        assertThat(lines.subList(0, 2))
                .allMatch(line -> line.get("room_id").asText().equals("room-2"));
    }

    @Test
    void exportsNothingToAnotherStudent() {
        given().header("Authorization", "Bearer " + Tokens.student("bob"))
                .queryParam("studentId", "ada")
                .get("/api/student/memory/export")
                .then()
                .statusCode(403);
    }

    private Map<String, Object> remember(Map<String, Object> session) {
        worker.complete(worker.lease(handIn(session, Tokens.service()).extract().path("jobId")));
        return session;
    }

    private static ValidatableResponse handIn(Map<String, Object> session, String token) {
        return given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body(session)
                .post("/api/student/memory")
                .then()
                .statusCode(202);
    }

    private static Response context(Map<String, Object> session) {
        return given().header("Authorization", "Bearer " + Tokens.service())
                .queryParam("studentId", session.get("studentId"))
                .queryParam("chatbotId", session.get("chatbotId"))
                .get("/api/student/memory/context");
    }

    private static List<JsonNode> export(String student, String token) throws IOException {
        Response response = given().header("Authorization", "Bearer " + token)
                .queryParam("studentId", student)
                .get("/api/student/memory/export");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.contentType()).startsWith("application/x-ndjson");
        List<JsonNode> lines = new ArrayList<>();
        for (String line : response.asString().split("\n")) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }
}
