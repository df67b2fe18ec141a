package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class CorrectionTest {

    private static final String MEMORY = "/api/student/memory";

    @Inject
    WorkerStandIn worker;

    @Inject
    Database database;

    private final Map<String, Object> session = session(4);

    @Test
    void correctsAMemoryAndTheProfileThatFollowsFromIt() {
        String id = remembered();

        correct(id, """
                {"next_steps": "Practise decimals.", "key_topics": ["Decimals", "decimal"],
                 "learning_insights": {"understood": []},
                 "observations": [{"topic": "Addition", "incorrect": 2}], "reason": "They guessed."}
                """)
                .statusCode(200)
                .body("changed", equalTo(true))
                .body("hidden", equalTo(false))
                .body(
                        "corrected",
                        equalTo(List.of("key_topics", "learning_insights.understood", "next_steps", "observations")))
                .body("reason", equalTo("They guessed."))
                .body("observations", hasSize(1))
                .body("observations[0].incorrect", equalTo(2))
                .body("memory.next_steps", equalTo("Practise decimals."));

        list().body("memories[0].next_steps", equalTo("Practise decimals."))
                .body("memories[0].key_topics", equalTo(List.of("decimal")))
                .body("memories[0].learning_insights.understood", empty())
                .body("memories[0].learning_insights.struggling", equalTo(List.of("carrying")))
                .body("memories[0].corrected_at", notNullValue())
                .body("memories[0].evidence", empty())
                .body("profile.topics_struggling", equalTo(List.of("addition")));
        context().body(containsString("- Next: Practise decimals.")).body(containsString("Struggling with: addition"));
        assertThat(export())
                .contains("\"Practise carrying.\"", "Practise decimals.", "They guessed.", "\"hidden\" : false");
    }

    @Test
    void hidesAMemoryFromEverythingButTheExportAndItsTeachers() {
        String id = remembered();

        correct(id, "{\"hidden\": true, \"reason\": \"Not theirs.\"}").body("hidden", equalTo(true));

        list().body("memories", empty()).body("profile.topics_mastered", empty());
        context().body(not(containsString("The student asked about sums.")));
        assertThat(export()).contains("\"hidden\" : true", "Not theirs.");
        given().get(MEMORY + "/" + id)
                .then()
                .statusCode(200)
                .body("changed", nullValue())
                .body("hidden", equalTo(true))
                .body("memory.id", equalTo(id));

        correct(id, "{\"hidden\": false, \"reason\": \"It was.\"}").body("reason", nullValue());
        list().body("memories", hasSize(1)).body("profile.topics_mastered", equalTo(List.of("addition")));
    }

    @Test
    void staysAsItWasCorrectedWhenTheSessionIsHandedInAgainAndWhenProfilesAreRebuilt() {
        String id = remembered();
        correct(id, "{\"next_steps\": \"Rest.\", \"observations\": [{\"topic\": \"addition\"}], \"reason\": \"x\"}");

        worker.complete(worker.lease(handIn(with(session, "messages", Sessions.messages(10)))
                .statusCode(202)
                .extract()
                .path("jobId")));
        rebuild("{\"limit\": 500}").statusCode(200);

        list().body("memories[0].message_count", equalTo(10))
                .body("memories[0].next_steps", equalTo("Rest."))
                .body("profile.topic_progress", equalTo(Map.of()));
    }

    @Test
    void isAuditedByTheNamesOfFieldsAndErasedWithTheStudent() {
        String words = "words-" + UUID.randomUUID();
        String id = remembered();
        correct(id, "{\"next_steps\": \"%s\", \"reason\": \"%s\"}".formatted(words, words));

        given().get("/api/admin/audit")
                .then()
                .body("actions[0].action", equalTo("correct_memory"))
                .body("actions[0].operator", equalTo("admin"))
                .body("actions[0].filter.memoryId", equalTo(id))
                .body("actions[0].filter.fields", equalTo(List.of("next_steps")))
                .body("actions[0].changed", equalTo(1));
        assertThat(database.tablesWith(words)).containsExactly("memory_correction: 1");

        given().queryParam("studentId", student(session)).delete(MEMORY).then().statusCode(200);

        assertThat(database.tablesWith(words)).isEmpty();
        assertThat(database.tablesWith(student(session))).isEmpty();
        given().get(MEMORY + "/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reason | {\"hidden\": true}",
                "reason | {\"hidden\": true, \"reason\": \" \"}",
                "hidden | {\"hidden\": \"yes\", \"reason\": \"x\"}",
                "body | {\"reason\": \"x\"}",
                "body | []",
                "message_count | {\"message_count\": 3, \"reason\": \"x\"}",
                "conversation_summary | {\"conversation_summary\": \"\", \"reason\": \"x\"}",
                "next_steps | {\"next_steps\": \"\\u0000\", \"reason\": \"x\"}",
                "next_steps | {\"next_steps\": \"\\ud800\", \"reason\": \"x\"}",
                "next_steps | {\"next_steps\": 5, \"reason\": \"x\"}",
                "key_topics | {\"key_topics\": \"x\", \"reason\": \"x\"}",
                "key_topics | {\"key_topics\": [\" \"], \"reason\": \"x\"}",
                "learning_insights | {\"learning_insights\": [], \"reason\": \"x\"}",
                "learning_insights.mood | {\"learning_insights\": {\"mood\": \"x\"}, \"reason\": \"x\"}",
                "observations | {\"observations\": {}, \"reason\": \"x\"}",
                "observations.topic | {\"observations\": [{}], \"reason\": \"x\"}",
                "observations.topic | {\"observations\": [{\"topic\": \"a\"}, {\"topic\": \"A\"}], \"reason\": \"x\"}",
                "observations.incorrect | {\"observations\": [{\"topic\": \"a\", \"incorrect\": -1}], \"reason\": \"x\"}",
                "observations.right | {\"observations\": [{\"topic\": \"a\", \"right\": 1}], \"reason\": \"x\"}"
            })
    void namesAFieldThatIsWrong(String field, String body) {
        correct(UUID.randomUUID().toString(), body).statusCode(400).body("violations[0].field", equalTo(field));
    }

    @Test
    void knowsNoOtherMemory() {
        for (String id : List.of(UUID.randomUUID().toString(), "1", "x")) {
            correct(id, "{\"hidden\": true, \"reason\": \"x\"}")
                    .statusCode(404)
                    .body("error", equalTo("Memory not found"));
        }
        given().contentType(ContentType.JSON).patch(MEMORY + "/x").then().statusCode(400);
    }

    @Test
    void rebuildsProfilesAndSaysWhatDiffered() {
        remembered();
        while (rebuild("{\"limit\": 500}").extract().<Boolean>path("more")) {
            // Those of other tests, which may have been spoilt by them.
        }
        database.execute(
                "UPDATE memory.student_learning_profiles SET total_messages = 99 WHERE student_id = $1",
                student(session));

        rebuild("{\"dryRun\": true, \"limit\": 500}")
                .statusCode(200)
                .body("changed", equalTo(false))
                .body("differed", equalTo(1))
                .body("differences[0].fields", equalTo(List.of("total_messages")))
                .body("more", equalTo(false));
        list().body("profile.total_messages", equalTo(2));
        rebuild("{\"limit\": 500}").body("changed", equalTo(true)).body("rebuilt", equalTo(1));
        rebuild("{\"limit\": 500}").body("changed", equalTo(false)).body("differed", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit | {\"limit\": 501}",
                "limit | {\"limit\": 0}",
                "cursor | {\"cursor\": \"x\"}",
                "dryrun | {\"dryrun\": true}"
            })
    void refusesARebuildThatIsMisspelt(String field, String body) {
        rebuild(body).statusCode(400).body("violations[0].field", equalTo(field));
    }

    private String remembered() {
        worker.complete(worker.lease(handIn(session).statusCode(202).extract().path("jobId")));
        return list().extract().path("memories[0].id");
    }

    private static ValidatableResponse correct(String id, String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .patch(MEMORY + "/" + id)
                .then();
    }

    private static ValidatableResponse rebuild(String body) {
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/api/admin/profiles/rebuild")
                .then();
    }

    private ValidatableResponse list() {
        return given().queryParam("studentId", student(session))
                .queryParam("chatbotId", "tutor")
                .get(MEMORY)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse context() {
        return given().queryParam("studentId", student(session))
                .queryParam("chatbotId", "tutor")
                .get(MEMORY + "/context")
                .then()
                .statusCode(200);
    }

    private String export() {
        return given().queryParam("studentId", student(session))
                .get(MEMORY + "/export")
                .asString();
    }
}
