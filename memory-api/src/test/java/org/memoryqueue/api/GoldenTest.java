package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.api.Golden.answer;
import static org.memoryqueue.api.Sessions.messages;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Summary;

/** What the frontend is given, against what it was promised. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class GoldenTest {

    private static final String MEMORY = "/api/student/memory";

    @Inject
    WorkerStandIn worker;

    @Inject
    Database database;

    private final Map<String, Object> session = session(5);
    private final String student = String.valueOf(session.get("studentId"));

    @Test
    void acceptsASession() {
        isAccepted(handIn(session));
    }

    private static void isAccepted(Response handedIn) {
        answer("hand-in-accepted").where("jobId", id(handedIn)).isGivenIn(handedIn);
    }

    @Test
    void knowsASessionThatIsUnderWay() {
        String jobId = id(handIn(session));

        answer("hand-in-duplicate-under-way").where("jobId", jobId).isGivenIn(handIn(session));
        worker.lease(jobId);
        answer("hand-in-duplicate-under-way").where("jobId", jobId).isGivenIn(handIn(session));
    }

    @Test
    void knowsASessionThatIsRemembered() {
        Map<String, Object> six = session(6);
        String jobId = id(handIn(six));
        worker.complete(worker.lease(jobId));

        answer("hand-in-duplicate-remembered").where("jobId", jobId).isGivenIn(handIn(six));
    }

    @Test
    void showsAJobOnItsWayToAMemory() {
        String jobId = id(handIn(session));

        shows("job-waiting", jobId);
        Lease lease = worker.lease(jobId);
        shows("job-active", jobId);
        worker.complete(lease);
        shows("job-completed", jobId);
    }

    @Test
    void showsAJobThatFailed() {
        String jobId = id(handIn(session));
        worker.fail(worker.lease(jobId));

        shows("job-failed", jobId);
    }

    @Test
    void showsAJobThatIsPutOff() {
        String jobId = id(handIn(session));
        database.execute(
                "UPDATE memory.memory_job SET delayed = true, run_at = now() + interval '1 hour' WHERE id = $1",
                Long.valueOf(jobId));

        shows("job-delayed", jobId);
    }

    @Test
    void showsAJobOfAPausedQueue() {
        String jobId = id(handIn(session));
        admin().post("/api/admin/queue/pause");
        try {
            shows("job-paused", jobId);
        } finally {
            admin().post("/api/admin/queue/resume");
        }
    }

    @Test
    void showsACancelledJobAsFailed() {
        String jobId = id(handIn(session));
        admin().delete("/api/admin/jobs/" + jobId);

        shows("job-cancelled", jobId);
    }

    @Test
    void showsMemoriesAndTheProfile() {
        worker.complete(worker.lease(id(handIn(session))));

        answer("remembered").where("studentId", student).isGivenIn(memories(as(student)));
    }

    @Test
    void hasEmptyListsAndNoNullWhereLittleWasFound() {
        Summary little = new Summary(
                "stand-in/1",
                "The student said little.",
                List.of(),
                new Insights(List.of(), List.of(), ""),
                "",
                Assessment.NONE,
                List.of(),
                List.of());
        worker.complete(worker.lease(id(handIn(with(session, "messages", messages(1))))), little);

        answer("remembered-little").where("studentId", student).isGivenIn(memories(as(student)));
    }

    @Test
    void remembersNothingOfAStranger() {
        answer("remembered-nothing").isGivenIn(memories(as(student)));
        worker.complete(worker.lease(id(handIn(session))));
        answer("remembered-nothing").isGivenIn(memories(bearing(Tokens.teacher("another-room"))));
    }

    @Test
    void showsTheQueueToTeachersAndAdmins() {
        handIn(session);

        answer("queue-status").isGivenIn(admin().get("/api/admin/queue-status"));
        answer("queue-status").isGivenIn(bearing(Tokens.teacher()).get("/api/admin/queue-status"));
        answer("queue-health").isGivenIn(given().get("/api/health/queue"));
    }

    @Test
    void showsTheQueueWhileRedisIsAway() throws Exception {
        LocalStores.redis().kill();
        try {
            answer("queue-status-without-redis").isGivenIn(admin().get("/api/admin/queue-status"));
            answer("queue-health-without-redis").isGivenIn(given().get("/api/health/queue"));
            isAccepted(handIn(session));
        } finally {
            LocalStores.redis().restart();
        }
    }

    @Test
    void isDegradedWhileTooManyJobsWait() {
        count(1000);
        try {
            answer("queue-health-degraded").isGivenIn(given().get("/api/health/queue"));
        } finally {
            count(-1000);
        }
    }

    /** As if so many jobs more were waiting. */
    private void count(int more) {
        database.execute(
                "UPDATE memory.queue_counter SET waiting_low = waiting_low + $1"
                        + " WHERE ctid = (SELECT min(ctid) FROM memory.queue_counter)",
                more);
    }

    @Test
    void asksForWhatIsMissing() {
        answer("problem-job-id-missing").isGivenIn(as(student).patch(MEMORY));
        answer("problem-student-or-chatbot-missing")
                .isGivenIn(as(student).queryParam("studentId", student).get(MEMORY));
        answer("problem-student-or-chatbot-missing")
                .isGivenIn(as(student).queryParam("chatbotId", "tutor").get(MEMORY));
    }

    @Test
    void namesEachFieldThatBreaksARule() {
        List<Map<String, String>> messages = new ArrayList<>(messages(2));
        messages.set(1, Map.of("role", "assistant"));
        Map<String, Object> broken =
                with(with(with(session, "messages", messages), "roomId", "a room"), "sessionStartTime", "yesterday");

        answer("problem-broken-fields").isGivenIn(handIn(broken));
        answer("problem-no-json").isGivenIn(handIn("{"));
    }

    @Test
    void knowsWhoMayDoWhat() {
        String jobId = id(handIn(session));

        answer("problem-not-authenticated").isGivenIn(given().get("/api/admin/queue-status"));
        answer("problem-admins-only").isGivenIn(as(student).get("/api/admin/queue-status"));
        answer("problem-somebody-elses-memories").isGivenIn(memories(as("somebody")));
        answer("problem-somebody-elses-session").isGivenIn(post(as("somebody"), session));
        answer("problem-job-not-found").isGivenIn(as("somebody").get(MEMORY + "/jobs/" + jobId));
        answer("problem-job-not-found").isGivenIn(as(student).get(MEMORY + "/jobs/999999999"));
    }

    @Test
    void refusesWhatItCannotTake() {
        answer("problem-too-large").isGivenIn(handIn(with(session, "roomId", "x".repeat(1 << 20))));
        answer("problem-not-json")
                .isGivenIn(
                        as(student).contentType(ContentType.TEXT).body("hello").post(MEMORY));
    }

    @Test
    void refusesAnotherSessionUnderTheSameKey() {
        String key = UUID.randomUUID().toString();
        assertThat(post(as(student).header("Idempotency-Key", key), session).statusCode())
                .isEqualTo(202);

        answer("problem-key-used")
                .isGivenIn(post(as(student).header("Idempotency-Key", key), with(session, "messages", messages(9))));
    }

    /** In both forms, the one that the frontend uses and the documented one. */
    private void shows(String name, String jobId) {
        Golden golden = answer(name).where("jobId", jobId);
        golden.isGivenIn(as(student).get(MEMORY + "/jobs/" + jobId));
        golden.isGivenIn(as(student).queryParam("jobId", jobId).patch(MEMORY));
    }

    private Response memories(RequestSpecification asking) {
        return asking.queryParam("studentId", student)
                .queryParam("chatbotId", "tutor")
                .get(MEMORY);
    }

    private static Response handIn(Object session) {
        return post(bearing(Tokens.service()), session);
    }

    private static Response post(RequestSpecification asking, Object session) {
        return asking.contentType(ContentType.JSON).body(session).post(MEMORY);
    }

    private static String id(Response handedIn) {
        return handedIn.path("jobId");
    }

    private static RequestSpecification as(String student) {
        return bearing(Tokens.student(student));
    }

    private static RequestSpecification admin() {
        return bearing(Tokens.admin());
    }

    private static RequestSpecification bearing(String token) {
        return given().header("Authorization", "Bearer " + token);
    }
}
