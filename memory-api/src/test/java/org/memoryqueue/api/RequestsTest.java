package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all answers have in common. */
@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@TestProfile(RequestsTest.OneOrigin.class)
class RequestsTest {

    private static final String ORIGIN = "https://school.example";

    public static final class OneOrigin implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.http.cors.origins", ORIGIN);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/student/memory?studentId=ada&chatbotId=tutor", "/api/student/memory/jobs/1", "/api/none"})
    void letsNobodyOnTheWayKeepPersonalData(String path) {
        given().header("Authorization", "Bearer " + Tokens.service())
                .get(path)
                .then()
                .header("Cache-Control", "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    }

    @Test
    void answersWithTheIdThatTheCallerGave() {
        given().header("X-Request-Id", "abc-123")
                .get("/api/health/queue")
                .then()
                .header("X-Request-Id", "abc-123");
    }

    @Test
    void takesTheTraceForTheIdAndEchoesIt() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        given().header("traceparent", trace)
                .get("/api/health/queue")
                .then()
                .header("X-Request-Id", "4bf92f3577b34da6a3ce929d0e0e4736")
                .header("traceparent", trace);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "a\"b", "<script>"})
    void makesAnIdWhereThatOfTheCallerCannotBeLogged(String id) {
        given().header("X-Request-Id", id)
                .header("traceparent", "00-00000000000000000000000000000000-00f067aa0ba902b7-01")
                .get("/api/health/queue")
                .then()
                .header("X-Request-Id", matchesPattern("[0-9a-f]{16}"))
                .header("traceparent", nullValue());
    }

    @Test
    void answersPagesOfConfiguredOriginsOnly() {
        given().header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type,idempotency-key")
                .options("/api/student/memory")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", ORIGIN);
        given().header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/api/student/memory")
                .then()
                .header("Access-Control-Allow-Origin", nullValue());
        given().header("Origin", ORIGIN)
                .header("Authorization", "Bearer " + Tokens.service())
                .get("/api/student/memory/jobs/1")
                .then()
                .header("Access-Control-Expose-Headers", not(nullValue()));
    }

    @Test
    void takesAPageBehindAProxyThatEndsTlsForOneOfTheSameOrigin() {
        given().header("Origin", "https://memory.example")
                .header("Host", "memory.example")
                .header("X-Forwarded-Proto", "https")
                .header("Authorization", "Bearer " + Tokens.service())
                .get("/api/student/memory/jobs/1")
                .then()
                .statusCode(404);
        given().header("Origin", "https://memory.example")
                .header("Authorization", "Bearer " + Tokens.service())
                .get("/api/student/memory/jobs/1")
                .then()
                .statusCode(403);
    }

    @Test
    void logsPathStatusAndIdAndNeitherQueryNorToken() {
        List<String> lines = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(line.getMessage() + " " + MDC.get("requestId"));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger log = Logger.getLogger("io.quarkus.http.access-log");
        log.addHandler(handler);
        try {
            String token = Tokens.service();
            given().header("Authorization", "Bearer " + token)
                    .header("X-Request-Id", "logged-1")
                    .queryParam("studentId", "secret-student")
                    .queryParam("chatbotId", "tutor")
                    .get("/api/student/memory");
            given().get("/q/health/live");

            await().until(() -> !lines.isEmpty());
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("GET /api/student/memory 200 ")
                    .endsWith(" logged-1")
                    .doesNotContain("secret-student", token);
        } finally {
            log.removeHandler(handler);
        }
    }
}
