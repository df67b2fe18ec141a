package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.PartAnswers;
import org.memoryqueue.testing.model.Reply;

/**
 * One pass over every route and feature of the packaged services, in whatever form they are packaged. What an executable
 * lacks shows only when it is used: a type that is not registered, a file that was left out, a message that is missing.
 */
@ExtendWith(Arena.class)
class RoutesIT {

    private static final String MEMORY = "/api/student/memory";
    private static final String JOBS = "/api/admin/jobs";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final String student = "routes-" + UUID.randomUUID();

    @Test
    void servesEveryRouteThatIsDescribed(RunningSystem system) throws Exception {
        ServiceProcess api = system.startApi(Setup.PLAIN);
        ServiceProcess offline = system.startWorker(Setup.PLAIN);
        Routes routes = new Routes(system.http(), api);

        String job = remembersASession(routes);
        showsJobsAndMemories(routes, job);
        putsAMemoryRight(routes);
        foldsProfilesAnew(routes);
        answersProblems(routes);
        operatesTheQueue(routes);
        endsWhenAsked(offline);
        try (FakeModel model = FakeModel.start()) {
            ServiceProcess worker =
                    system.startWorker(Setup.PLAIN.using(model).with("MEMORY_LLM_MAX_PROMPT_TOKENS", "10000"));
            retriesWhatTheModelRefused(routes, model);
            summarisesInParts(routes, model);
            answersARepeatedHandIn(routes);
            erases(routes);
            tellsHowItIs(api, worker, routes);
            endsWhenAsked(worker);
        }

        assertThat(routes.served()).isEqualTo(routes.described()).isNotEmpty();
        endsWhenAsked(api);
    }

    private String remembersASession(Routes routes) throws Exception {
        JsonNode accepted = routes.call(202, "POST", MEMORY, MEMORY, session(0).toString());
        assertThat(accepted.get("status").asText()).isEqualTo("queued");
        String job = accepted.get("jobId").asText();
        JsonNode done = awaitEnd(routes, job);
        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("completed");
        JsonNode duplicate = routes.call(200, "POST", MEMORY, MEMORY, session(0).toString());
        assertThat(duplicate.get("duplicate").asBoolean()).isTrue();
        assertThat(duplicate.at("/memory/id").asText())
                .isEqualTo(done.at("/result/memoryId").asText());
        return job;
    }

    private void showsJobsAndMemories(Routes routes, String job) throws Exception {
        assertThat(routes.call(200, "PATCH", MEMORY, MEMORY + "?jobId=" + job, null)
                        .get("progress")
                        .asInt())
                .isEqualTo(100);
        assertThat(routes.call(200, "GET", MEMORY + "/jobs/{jobId}/events", MEMORY + "/jobs/" + job + "/events", null)
                        .asText())
                .contains("data:", "\"completed\"");
        JsonNode remembered = routes.get(MEMORY + "?chatbotId=tutor&studentId=" + student);
        assertThat(remembered.at("/memories/0/student_id").asText()).isEqualTo(student);
        assertThat(remembered.at("/memories/0/learning_insights/progress").isTextual())
                .isTrue();
        assertThat(remembered.at("/profile/total_sessions").asLong()).isEqualTo(1);
        assertThat(routes.get(MEMORY + "/context?chatbotId=tutor&studentId=" + student)
                        .asText())
                .isNotBlank();
        assertThat(routes.get(MEMORY + "/export?studentId=" + student).asText()).contains("\"type\":\"end\"");
    }

    private void putsAMemoryRight(Routes routes) throws Exception {
        String shown = MEMORY + "?chatbotId=tutor&studentId=" + student;
        String one = MEMORY + "/" + routes.get(shown).at("/memories/0/id").asText();
        String byId = MEMORY + "/{memoryId}";
        assertThat(routes.call(200, "GET", byId, one, null).get("corrected")).isEmpty();
        JsonNode hidden = routes.call(200, "PATCH", byId, one, """
                {"hidden": true, "next_steps": "Practise decimals.", "reason": "It was decimals that were hard.",
                 "observations": [{"topic": "decimals", "correct_unaided": 0, "correct_with_help": 1, "incorrect": 2}]}""");
        assertThat(hidden.get("observations"))
                .as("%s", hidden)
                .anyMatch(observation -> observation.get("topic").asText().equals("decimal")
                        && observation.get("incorrect").asInt() == 2);
        assertThat(routes.get(shown).get("memories")).isEmpty();
        routes.call(200, "PATCH", byId, one, "{\"hidden\": false, \"reason\": \"It can be shown.\"}");
        JsonNode corrected = routes.get(shown);
        assertThat(corrected.at("/memories/0/next_steps").asText()).isEqualTo("Practise decimals.");
        assertThat(corrected.at("/profile/topic_progress/decimal/uncertainty").isInt())
                .as("%s", corrected)
                .isTrue();
    }

    private static void foldsProfilesAnew(Routes routes) throws Exception {
        String rebuild = "/api/admin/profiles/rebuild";
        JsonNode rebuilt = routes.call(200, "POST", rebuild, rebuild, "{\"dryRun\": false}");
        assertThat(rebuilt.get("checked").asLong()).as("%s", rebuilt).isPositive();
        assertThat(rebuilt.get("differed").asLong()).as("%s", rebuilt).isZero();
    }

    /** Each from another part: the parser of JSON, the validator, the checks of access, the routes themselves. */
    private void answersProblems(Routes routes) throws Exception {
        assertThat(routes.call(400, "POST", MEMORY, MEMORY, "{").get("error").asText())
                .isEqualTo("Invalid JSON");
        ObjectNode broken = session(1).without("messages");
        broken.put("studentId", "not an id");
        JsonNode invalid = routes.call(400, "POST", MEMORY, MEMORY, broken.toString());
        assertThat(invalid.get("violations"))
                .as("%s", invalid)
                .extracting(violation -> violation.get("field").asText())
                .containsExactlyInAnyOrder("messages", "studentId");
        routes.call(400, "GET", MEMORY, MEMORY + "?chatbotId=tutor&limit=many&studentId=" + student, null);
        routes.call(404, "GET", MEMORY + "/jobs/{jobId}", MEMORY + "/jobs/0", null);
        HttpResponse<String> stranger = routes.send("GET", JOBS, null, "Authorization", "Bearer nonsense");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(stranger.body()).contains("Not authenticated");
        assertThat(routes.send("POST", MEMORY, "x".repeat(1_100_000), "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(413);
        assertThat(routes.send("POST", MEMORY, "text", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    private void operatesTheQueue(Routes routes) throws Exception {
        assertThat(routes.call(200, "POST", "/api/admin/queue/pause", "/api/admin/queue/pause", null)
                        .get("mode")
                        .asText())
                .isEqualTo("paused");
        String job = routes.call(202, "POST", MEMORY, MEMORY, session(2).toString())
                .get("jobId")
                .asText();
        assertThat(routes.call(200, "DELETE", JOBS + "/{jobId}", JOBS + "/" + job, null)
                        .get("changed")
                        .asBoolean())
                .isTrue();
        assertThat(routes.call(200, "POST", JOBS + "/{jobId}/retry", JOBS + "/" + job + "/retry", null)
                        .get("jobId")
                        .asText())
                .isEqualTo(job);
        routes.call(200, "POST", "/api/admin/queue/drain", "/api/admin/queue/drain", null);
        routes.call(200, "POST", "/api/admin/queue/resume", "/api/admin/queue/resume", null);
        assertThat(routes.get(JOBS + "?studentId=" + student).get("jobs")).isNotEmpty();
        assertThat(routes.call(200, "GET", JOBS + "/{jobId}", JOBS + "/" + job, null)
                        .get("jobId")
                        .asText())
                .isEqualTo(job);
        assertThat(routes.get("/api/admin/audit").get("actions")).isNotEmpty();
        assertThat(routes.get("/api/admin/queue-status")
                        .at("/metrics/completed")
                        .asLong())
                .isPositive();
    }

    /** By a worker that asks a model: the REST client, the schema of answers, what is told of a failure. */
    private void retriesWhatTheModelRefused(Routes routes, FakeModel model) throws Exception {
        model.reply(Reply.status(400));
        String job = routes.call(202, "POST", MEMORY, MEMORY, session(3).toString())
                .get("jobId")
                .asText();
        JsonNode refused = awaitEnd(routes, job);
        assertThat(refused.get("state").asText()).as("%s", refused).isEqualTo("failed");
        assertThat(refused.get("failedReason").asText()).isNotBlank();
        model.reply(Reply.summary());
        String filter = "{\"state\":\"failed\",\"studentId\":\"" + student + "\"}";
        assertThat(routes.call(200, "POST", JOBS + "/retry", JOBS + "/retry", filter)
                        .get("retried")
                        .asInt())
                .isEqualTo(1);
        assertThat(awaitEnd(routes, job).get("state").asText()).isEqualTo("completed");
    }

    private void summarisesInParts(Routes routes, FakeModel model) throws Exception {
        model.reply(PartAnswers::to);
        ObjectNode session = session(6);
        ArrayNode messages = session.putArray("messages");
        for (int i = 0; i < 30; i++) {
            messages.addObject()
                    .put("role", "user")
                    .put(
                            "content",
                            "Is %d a prime number, and why? ".formatted(i).repeat(70));
        }
        String job = routes.call(202, "POST", MEMORY, MEMORY, session.toString())
                .get("jobId")
                .asText();
        JsonNode done = awaitEnd(routes, job);
        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("completed");
        await().untilAsserted(() -> assertThat(
                        routes.get("/api/admin/usage").at("/days/0/cost").asDouble())
                .as("a call for each part, and one for all")
                .isGreaterThanOrEqualTo(0.003));
    }

    private void answersARepeatedHandIn(Routes routes) throws Exception {
        String key = UUID.randomUUID().toString();
        String body = session(4).toString();
        HttpResponse<String> first = routes.send("POST", MEMORY, body, "Idempotency-Key", key);
        HttpResponse<String> again = routes.send("POST", MEMORY, body, "Idempotency-Key", key);
        assertThat(first.statusCode()).as(first.body()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(routes.send("POST", MEMORY, session(5).toString(), "Idempotency-Key", key)
                        .statusCode())
                .isEqualTo(422);
    }

    private void erases(Routes routes) throws Exception {
        assertThat(routes.call(200, "DELETE", MEMORY, MEMORY + "?studentId=" + student, null)
                        .at("/erased/memories")
                        .asInt())
                .isPositive();
        JsonNode records = routes.get("/api/admin/erasures");
        assertThat(records.get("erasures")).isNotEmpty();
        routes.call(
                200,
                "POST",
                "/api/admin/erasures",
                "/api/admin/erasures",
                ((ObjectNode) records).without("nextCursor").toString());
    }

    private static void tellsHowItIs(ServiceProcess api, ServiceProcess worker, Routes routes) throws Exception {
        assertThat(routes.get("/api/health/queue").get("status").asText()).isEqualTo("healthy");
        assertThat(JSON.readTree(worker.get("/health").body()).get("status").asText())
                .isEqualTo("healthy");
        assertThat(api.metric("memory_sessions_accepted_total", "queued")).isPositive();
        assertThat(worker.metric("memory_", "")).isPositive();
        for (ServiceProcess service : List.of(api, worker)) {
            for (String probe : List.of("live", "ready", "started")) {
                assertThat(service.isUp("/q/health/" + probe))
                        .as("%s %s", service.name(), probe)
                        .isTrue();
            }
        }
    }

    private static void endsWhenAsked(ServiceProcess service) {
        service.stop(GRACE);
        assertThat(service.exitCode(GRACE)).as(service.name()).isZero();
    }

    private static JsonNode awaitEnd(Routes routes, String job) {
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(50, TimeUnit.MILLISECONDS)
                .until(
                        () -> routes.call(200, "GET", MEMORY + "/jobs/{jobId}", MEMORY + "/jobs/" + job, null),
                        view -> view.get("state").asText().matches("completed|failed"));
    }

    private ObjectNode session(int number) {
        ObjectNode session = (ObjectNode) Dialogues.session("any", number);
        return session.put("studentId", student)
                .put("sessionStartTime", "2026-02-%02dT08:00:00Z".formatted(number + 1));
    }
}
