package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.api.Sessions.session;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rates so low that no test lasts long enough to be given a token back. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@TestProfile(RateLimitTest.Limited.class)
class RateLimitTest {

    private static final int HAND_INS = 4;
    private static final int READS = 5;

    public static final class Limited implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "memory.rate-limit.enabled",
                    "true",
                    // A burst is a third of it.
                    "memory.rate-limit.student.hand-ins",
                    String.valueOf(3 * HAND_INS),
                    "memory.rate-limit.student.reads",
                    String.valueOf(3 * READS),
                    // 10 a second: one at a time; 1,200 a second: many at a time.
                    "memory.rate-limit.service.reads",
                    "72000");
        }
    }

    @Test
    void letsABurstThroughAndThenSaysWhenToComeBack() {
        String student = student();

        List<Response> answers =
                Stream.generate(() -> handIn(student)).limit(HAND_INS + 1).toList();

        assertThat(answers.subList(0, HAND_INS)).allMatch(answer -> answer.statusCode() == 202);
        Response refused = answers.getLast();
        Golden.answer("problem-too-many-requests").isGivenIn(refused);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
    }

    @Test
    void countsAHandInByWhateverPathItComes() {
        String student = student();
        for (String path : List.of("/api/student/memory/", "//api/student/memory", "/api/student/%6demory")) {
            Response answer = given().urlEncodingEnabled(false)
                    .header("Authorization", "Bearer " + Tokens.student(student))
                    .contentType(ContentType.JSON)
                    .body(Sessions.with(session(4), "studentId", student))
                    .post(path);
            assertThat(answer.statusCode()).as(path).isIn(202, 404, 405);
            if (answer.statusCode() == 202) {
                assertThat(answer.header("RateLimit-Limit")).as(path).isEqualTo(String.valueOf(HAND_INS));
            }
        }
    }

    @Test
    void tellsWhatIsLeft() {
        String student = student();

        List<Response> answers =
                Stream.generate(() -> read(student)).limit(READS).toList();

        assertThat(answers)
                .extracting(answer -> answer.header("RateLimit-Limit"))
                .containsOnly("5");
        assertThat(answers)
                .extracting(answer -> answer.header("RateLimit-Policy"))
                .containsOnly("15;w=60;burst=5");
        assertThat(answers)
                .extracting(answer -> Integer.valueOf(answer.header("RateLimit-Remaining")))
                .isSortedAccordingTo((a, b) -> b - a)
                .first()
                .isEqualTo(READS - 1);
        assertThat(Integer.parseInt(answers.getLast().header("RateLimit-Reset")))
                .isBetween(15, 20);
    }

    @Test
    void countsCallersAndKindsApart() {
        String student = student();
        Stream.generate(() -> read(student)).limit(READS + 1).forEach(answer -> {});

        assertThat(read(student).statusCode()).isEqualTo(429);
        assertThat(handIn(student).statusCode()).isEqualTo(202);
        assertThat(read(student()).statusCode()).isEqualTo(200);
    }

    @Test
    void countsEveryRequestOfACallerWhoMayAskOften() {
        List<Integer> left = IntStream.range(0, 300)
                .mapToObj(i -> given().header("Authorization", "Bearer " + Tokens.service())
                        .queryParam("studentId", "ada")
                        .queryParam("chatbotId", "tutor")
                        .get("/api/student/memory")
                        .then()
                        .statusCode(200)
                        .extract()
                        .header("RateLimit-Remaining"))
                .map(Integer::valueOf)
                .toList();

        // Each takes one, but for those for whom the bucket, which fills up meanwhile, is asked.
        assertThat(IntStream.range(1, left.size()).filter(i -> left.get(i) == left.get(i - 1) - 1))
                .hasSizeGreaterThan(100);
    }

    @Test
    void leavesAloneWhatIsOpenToEverybody() {
        given().get("/api/health/queue").then().statusCode(200);
        given().header("Authorization", "Bearer no.token.atall")
                .get("/api/health/queue")
                .then()
                .statusCode(200);
    }

    @Test
    void wastesNothingOnManyAtOnceOfACallerWhoMayAskOften() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(40)) {
            List<Future<Response>> asked = IntStream.range(0, 400)
                    .mapToObj(i -> threads.submit(() -> given().header("Authorization", "Bearer " + Tokens.service())
                            .get("/api/student/memory/jobs/none")))
                    .toList();
            int least = Integer.MAX_VALUE;
            for (Future<Response> each : asked) {
                assertThat(each.get().statusCode()).isEqualTo(404);
                least = Math.min(least, Integer.parseInt(each.get().header("RateLimit-Remaining")));
            }

            // The bucket holds 24,000 of them; the other test of this caller takes 300.
            assertThat(least).isGreaterThanOrEqualTo(24_000 - 700);
        }
    }

    @Test
    void countsByItselfWhileRedisIsAway() throws Exception {
        String student = student();
        LocalStores.redis().kill();
        try {
            List<Response> answers =
                    Stream.generate(() -> read(student)).limit(READS + 1).toList();

            assertThat(answers.subList(0, READS)).allMatch(answer -> answer.statusCode() == 200);
            assertThat(answers.getLast().statusCode()).isEqualTo(429);
        } finally {
            LocalStores.redis().restart();
        }
    }

    private static String student() {
        return "student-" + UUID.randomUUID();
    }

    private static Response read(String student) {
        return given().header("Authorization", "Bearer " + Tokens.student(student))
                .queryParam("studentId", student)
                .queryParam("chatbotId", "tutor")
                .get("/api/student/memory");
    }

    private static Response handIn(String student) {
        return given().header("Authorization", "Bearer " + Tokens.student(student))
                .contentType(ContentType.JSON)
                .body(Sessions.with(session(4), "studentId", student))
                .post("/api/student/memory");
    }
}
