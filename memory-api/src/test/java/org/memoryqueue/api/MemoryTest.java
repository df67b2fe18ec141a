package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class MemoryTest {

    private static final String ISO = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*(Z|[+-]\\d\\d:\\d\\d)";

    @Inject
    WorkerStandIn worker;

    @Test
    void showsAMemoryInTheContractsShape() {
        Map<String, Object> session = remembered(session(5));

        memories(session)
                .body("memories", hasSize(1))
                .body("memories[0]", aMapWithSize(15))
                .body("memories[0].id", matchesPattern("[0-9a-f-]{36}"))
                .body("memories[0].student_id", equalTo(session.get("studentId")))
                .body("memories[0].chatbot_id", equalTo("tutor"))
                .body("memories[0].room_id", equalTo("room-1"))
                .body("memories[0].conversation_summary", equalTo("The student asked about sums."))
                .body("memories[0].key_topics", contains("addition"))
                .body("memories[0].learning_insights", aMapWithSize(3))
                .body("memories[0].learning_insights.understood", contains("adding one"))
                .body("memories[0].learning_insights.struggling", contains("carrying"))
                .body("memories[0].learning_insights.progress", equalTo("From guessing to counting."))
                .body("memories[0].next_steps", equalTo("Practise carrying."))
                .body("memories[0].message_count", equalTo(5))
                .body("memories[0].session_duration_seconds", org.hamcrest.Matchers.greaterThanOrEqualTo(600))
                .body("memories[0].created_at", matchesPattern(ISO))
                .body("memories[0].generator", equalTo("stand-in/1"))
                .body("memories[0].assessment", aMapWithSize(3))
                .body("memories[0].assessment.solved_unaided", equalTo(0.75f))
                .body("memories[0].assessment.outcome", equalTo("solved"))
                .body("memories[0].assessment.confidence", equalTo(0.5f))
                .body("memories[0].evidence[0]", aMapWithSize(4))
                .body("memories[0].evidence[0].kind", equalTo("understood"))
                .body("memories[0].evidence[0].claim", equalTo("adding one"))
                .body("memories[0].evidence[0].message_index", equalTo(0))
                .body("memories[0].evidence[0].quote", equalTo("What is 0 plus one?"))
                .body("memories[0].flags", empty());
    }

    @Test
    void showsTheProfileInTheContractsShape() {
        Map<String, Object> session = remembered(session(5));

        memories(session)
                .body("profile", aMapWithSize(13))
                .body("profile.id", matchesPattern("[0-9a-f-]{36}"))
                .body("profile.student_id", equalTo(session.get("studentId")))
                .body("profile.chatbot_id", equalTo("tutor"))
                .body("profile.room_id", equalTo("room-1"))
                .body("profile.topics_mastered", contains("addition"))
                .body("profile.topics_in_progress", empty())
                .body("profile.topics_struggling", empty())
                .body("profile.topic_progress.addition", aMapWithSize(3))
                .body("profile.topic_progress.addition.level", equalTo(80))
                .body("profile.topic_progress.addition.uncertainty", equalTo(16))
                .body("profile.topic_progress.addition.last_reviewed", matchesPattern(ISO))
                .body("profile.preferred_explanation_style", nullValue())
                .body("profile.pace_preference", nullValue())
                .body("profile.total_sessions", equalTo(1))
                .body("profile.total_messages", equalTo(3))
                .body("profile.last_session_at", matchesPattern(ISO));
    }

    @Test
    void knowsNothingOfAStranger() {
        memories(session(1)).body("", aMapWithSize(2)).body("memories", empty()).body("profile", nullValue());
    }

    @Test
    void pagesThroughAllMemoriesNewestFirst() {
        Map<String, Object> session = session(3);
        List<String> rememberedIds = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            remembered(with(
                    session, "sessionStartTime", Instant.now().minusSeconds(i).toString()));
            rememberedIds.addFirst(memories(session).extract().path("memories[0].id"));
        }

        List<String> paged = new ArrayList<>();
        String cursor = null;
        do {
            var page = given().queryParams(Map.of(
                            "studentId",
                            session.get("studentId"),
                            "chatbotId",
                            "tutor",
                            "limit",
                            3,
                            "cursor",
                            Objects.requireNonNullElse(cursor, "")))
                    .get("/api/student/memory")
                    .then()
                    .statusCode(200)
                    .extract();
            paged.addAll(page.<List<String>>path("memories.id"));
            cursor = page.path("nextCursor");
        } while (cursor != null);

        assertThat(paged).isEqualTo(rememberedIds);
        memories(session).body("memories", hasSize(5));
    }

    @Test
    void replacesTheMemoryOfALongerVersionWithoutCountingTheSessionTwice() {
        Map<String, Object> session = remembered(session(4));
        String memoryId = memories(session).extract().path("memories[0].id");

        remembered(with(session, "messages", Sessions.messages(10)));

        memories(session)
                .body("memories", hasSize(1))
                .body("memories[0].id", equalTo(memoryId))
                .body("memories[0].message_count", equalTo(10))
                .body("profile.total_sessions", equalTo(1))
                .body("profile.total_messages", equalTo(5))
                .body("profile.topic_progress.addition.level", equalTo(80));
    }

    @ParameterizedTest
    @CsvSource({"studentId,chatbotId=c", "chatbotId,studentId=s", "studentId,studentId=&chatbotId=c"})
    void asksForAMissingStudentOrChatbot(String missing, String query) {
        given().get("/api/student/memory?" + query)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("error", equalTo("studentId and chatbotId are required"))
                .body("violations[0].field", equalTo(missing));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "cursor=x", "cursor=%00"})
    void namesAParameterThatIsWrong(String parameter) {
        given().get("/api/student/memory?studentId=s&chatbotId=c&" + parameter)
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo(parameter.split("=", 2)[0]));
    }

    private Map<String, Object> remembered(Map<String, Object> session) {
        worker.complete(worker.lease(handIn(session).statusCode(202).extract().path("jobId")));
        return session;
    }

    private static ValidatableResponse memories(Map<String, Object> session) {
        return given().queryParam("studentId", session.get("studentId"))
                .queryParam("chatbotId", session.get("chatbotId"))
                .get("/api/student/memory")
                .then()
                .statusCode(200);
    }
}
