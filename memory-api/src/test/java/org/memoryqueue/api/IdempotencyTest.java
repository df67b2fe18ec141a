package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.memoryqueue.api.Sessions.messages;
import static org.memoryqueue.api.Sessions.session;
import static org.memoryqueue.api.Sessions.student;
import static org.memoryqueue.api.Sessions.with;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
class IdempotencyTest {

    private static final int AT_ONCE = 200;

    @Inject
    WorkerStandIn worker;

    @Inject
    Database database;

    @Test
    void makesOneJobAndOneMemoryOfTwoHundredIdenticalPostsAtOnce() throws Exception {
        Map<String, Object> session = session(6);

        List<Response> answers = atOnce(() -> post(Tokens.service(), null, session));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 202 || answer.statusCode() == 200);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 202))
                .hasSize(1);
        Set<String> jobs = jobIds(answers);
        assertThat(jobs).hasSize(1);
        worker.complete(worker.lease(jobs.iterator().next()));
        var remembered = remembered(session);
        assertThat(remembered.extract().<List<Object>>path("memories")).hasSize(1);
        remembered.body("profile.total_sessions", equalTo(1)).body("profile.total_messages", equalTo(3));
    }

    @Test
    void givesTheSameAnswerToTwoHundredRequestsWithOneKeyAtOnce() throws Exception {
        Map<String, Object> session = session(6);
        String key = UUID.randomUUID().toString();

        List<Response> answers = atOnce(() -> post(Tokens.service(), key, session));

        assertThat(answers.stream().map(Response::statusCode).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(answers.stream().map(Response::asString).collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(jobIds(answers)).hasSize(1);
    }

    @Test
    void replaysTheFirstAnswerHoweverTheJobHasMovedOn() {
        Map<String, Object> session = session(6);
        String key = UUID.randomUUID().toString();
        Response first = post(Tokens.service(), key, session);
        worker.complete(worker.lease(first.path("jobId")));

        Response again = post(Tokens.service(), key, session);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    }

    @Test
    void replaysADuplicateWithItsMemory() {
        Map<String, Object> session = session(6);
        worker.complete(worker.lease(post(Tokens.service(), null, session).path("jobId")));
        String key = UUID.randomUUID().toString();
        Response first = post(Tokens.service(), key, session);

        Response again = post(Tokens.service(), key, session);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString()).contains("created_at");
    }

    @Test
    void refusesAnotherRequestUnderTheSameKeyAndDoesNothingForIt() {
        Map<String, Object> session = session(6);
        String key = UUID.randomUUID().toString();
        post(Tokens.service(), key, session);
        Map<String, Object> other = with(session, "messages", messages(9));

        Response refused = post(Tokens.service(), key, other);

        refused.then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("error", equalTo("Idempotency-Key was used for another request"));
        assertThat(database.number(
                        "SELECT message_count AS n FROM memory.memory_job WHERE student_id = $1", student(session)))
                .isEqualTo(6);
    }

    @Test
    void keepsTheKeysOfCallersApart() {
        String key = UUID.randomUUID().toString();
        Map<String, Object> one = session(6);
        Map<String, Object> two = session(8);

        assertThat(post(Tokens.service(), key, one).statusCode()).isEqualTo(202);
        assertThat(post(Tokens.student(student(two)), key, two).statusCode()).isEqualTo(202);
    }

    @Test
    void takesAKeyOfYesterdayForANewOne() {
        String key = UUID.randomUUID().toString();
        post(Tokens.service(), key, session(6));
        database.execute(
                "UPDATE memory.idempotency_key SET created_at = now() - interval '25 hours' WHERE key = $1", key);

        assertThat(post(Tokens.service(), key, session(8)).statusCode()).isEqualTo(202);
    }

    @Test
    void servesARequestAgainWhoseAnswerWasLost() {
        Map<String, Object> session = session(6);
        String key = UUID.randomUUID().toString();
        Response first = post(Tokens.service(), key, session);
        database.execute("UPDATE memory.idempotency_key SET status = NULL, answer = NULL WHERE key = $1", key);

        Response again = post(Tokens.service(), key, session);

        assertThat(again.statusCode()).isEqualTo(200);
        again.then().body("jobId", equalTo(first.path("jobId"))).body("duplicate", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "tête"})
    void namesAKeyThatIsNone(String key) {
        post(Tokens.service(), key, session(4))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("Idempotency-Key"));
    }

    @Test
    void replacesTheMemoryOfAFinishedSessionWithoutCountingItTwice() {
        Map<String, Object> session = session(6);
        worker.complete(worker.lease(post(Tokens.service(), null, session).path("jobId")));
        Response longer = post(Tokens.service(), null, with(session, "messages", messages(12)));
        worker.complete(worker.lease(longer.path("jobId")));

        remembered(session)
                .body("memories.size()", equalTo(1))
                .body("memories[0].message_count", equalTo(12))
                .body("profile.total_sessions", equalTo(1))
                .body("profile.total_messages", equalTo(6))
                .body("nextCursor", nullValue());
    }

    private static ValidatableResponse remembered(Map<String, Object> session) {
        return given().header("Authorization", "Bearer " + Tokens.service())
                .queryParam("studentId", session.get("studentId"))
                .queryParam("chatbotId", session.get("chatbotId"))
                .get("/api/student/memory")
                .then()
                .statusCode(200);
    }

    private static Response post(String token, @Nullable String key, Object session) {
        var request = given().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
        return (key == null ? request : request.header("Idempotency-Key", key))
                .body(session)
                .post("/api/student/memory");
    }

    private static Set<String> jobIds(List<Response> answers) {
        return answers.stream().map(answer -> answer.<String>path("jobId")).collect(Collectors.toSet());
    }

    private static List<Response> atOnce(Callable<Response> request) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<Response>> answers = IntStream.range(0, AT_ONCE)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return request.call();
                    }))
                    .toList();
            start.countDown();
            List<Response> done = new ArrayList<>();
            for (Future<Response> answer : answers) {
                done.add(answer.get());
            }
            return done;
        }
    }
}
