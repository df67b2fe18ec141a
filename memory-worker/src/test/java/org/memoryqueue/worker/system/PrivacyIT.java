package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.testing.model.FakeModel;

/** What students say, and what is secret, is nowhere that it does not belong; and nowhere at all once it was erased. */
@ExtendWith(Arena.class)
class PrivacyIT {

    private static final String MEMORY = "/api/student/memory";
    private static final String MODEL_KEY = "model-key-" + UUID.randomUUID();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String words = "zebrafish" + UUID.randomUUID().toString().replace("-", "");
    private final String student = "student-" + UUID.randomUUID();

    @Test
    void keepsWordsAndSecretsFromTheLogsAndErasesThemEverywhereElse(RunningSystem system) throws Exception {
        // Everything that can be logged is.
        Setup talkative = Setup.PLAIN.with("QUARKUS_LOG_LEVEL", "DEBUG").with("LOG_LEVEL", "debug");
        ServiceProcess api = system.startApi(talkative);
        try (FakeModel model = FakeModel.start()) {
            system.startWorker(talkative.using(model).with("MEMORY_LLM_API_KEY", MODEL_KEY));
            askForAllThereIs(system, api);
        }

        assertThat(logsWith(" DEBUG ")).as("everything was logged").isNotEmpty();
        assertThat(logsWith(words)).as("words of a student in a log").isEmpty();
        assertThat(logsWith(Access.SECRET)).as("the key of tokens in a log").isEmpty();
        assertThat(logsWith(Access.SERVICE)).as("a token in a log").isEmpty();
        assertThat(logsWith(MODEL_KEY)).as("the model's key in a log").isEmpty();
        assertThat(api.get("/q/metrics").body()).doesNotContain(words, student);
        assertThat(tablesWith(system.database(), words)).as("it was there").isNotEmpty();

        HttpResponse<String> erased = send(system, api, "DELETE", MEMORY + "?studentId=" + student, "");

        assertThat(erased.statusCode()).isEqualTo(200);
        for (String trace : List.of(words, student)) {
            assertThat(tablesWith(system.database(), trace)).as("in a table").isEmpty();
            assertThat(system.index().dump()).as("in Redis").doesNotContain(trace);
        }
        assertThat(logsWith(words)).as("in a log").isEmpty();
    }

    private void askForAllThereIs(RunningSystem system, ServiceProcess api) throws Exception {
        JsonNode session = session();
        HttpResponse<String> accepted = send(system, api, "POST", MEMORY, session.toString());
        assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
        String job = JSON.readTree(accepted.body()).get("jobId").asText();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(
                                JSON.readTree(api.get(MEMORY + "/jobs/" + job).body())
                                        .get("state")
                                        .asText())
                        .isIn("completed", "failed"));
        for (String path : List.of("", "/context", "/export")) {
            assertThat(api.get(MEMORY + path + "?chatbotId=tutor&studentId=" + student)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(api.get(MEMORY + "/jobs/" + job + "/events").statusCode()).isEqualTo(200);
        // What is wrong is where words slip into messages.
        for (String broken : List.of(
                "{\"" + words,
                "{\"messages\": [{\"role\": \"" + words + "\"}]}",
                session.toString().replace("\"tutor\"", "5"),
                session.toString().replace("\"role\"", "\"" + words + "\""))) {
            HttpResponse<String> refused = send(system, api, "POST", MEMORY, broken);
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).doesNotContain("Exception", "org.memoryqueue", "at com.", "SELECT");
        }
    }

    private JsonNode session() {
        ObjectNode session = Dialogues.session(student, 0).deepCopy();
        session.put("studentId", student);
        session.put("chatbotId", "tutor");
        session.withArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "I do not understand " + words + " at all.");
        return session;
    }

    private static HttpResponse<String> send(
            RunningSystem system, ServiceProcess api, String method, String path, String body)
            throws IOException, InterruptedException {
        return system.http()
                .send(
                        Access.request(api, path)
                                .setHeader("Authorization", "Bearer " + Access.SERVICE)
                                .header("Content-Type", "application/json")
                                .header("Idempotency-Key", UUID.randomUUID().toString())
                                .method(method, BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static List<String> logsWith(String text) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> logs = Files.list(Report.logs())) {
            for (Path log : logs.toList()) {
                if (Files.readString(log, StandardCharsets.ISO_8859_1).contains(text)) {
                    found.add(log.getFileName().toString());
                }
            }
        }
        return found;
    }

    private static List<String> tablesWith(Database database, String text) {
        return database
                .rows(
                        "SELECT table_name FROM information_schema.tables"
                                + " WHERE table_schema = 'memory' AND table_type = 'BASE TABLE'",
                        row -> row.getString(1))
                .stream()
                .filter(table -> database.count("SELECT count(*) FROM memory.%s t WHERE position('%s' IN t::text) > 0"
                                .formatted(table, text))
                        > 0)
                .toList();
    }
}
