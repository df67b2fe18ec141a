package org.memoryqueue.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.restassured.builder.ResponseBuilder;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformanceTest {

    private static final String BODY = """
            {"success": true, "changed": true, "jobId": "7", "state": "waiting", "previous": "failed"}""";

    @Test
    void letsADescribedAnswerPass() {
        assertThatCode(() -> check("/api/admin/jobs/7/retry", 200, "application/json;charset=UTF-8", BODY))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | application/json | \"jobId\": \"7\" | \"jobId\": 7",
                "200 | application/json | \"changed\": true, | ''",
                "200 | application/json | waiting | done",
                "200 | text/plain | true | true",
                "202 | application/json | true | true",
                "404 | application/problem+json | true | true"
            })
    void findsWhatIsNotAsDescribed(int status, String type, String there, String instead) {
        assertThatThrownBy(() -> check("/api/admin/jobs/7/retry", status, type, BODY.replace(there, instead)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void missesAHeader() {
        Response without = new ResponseBuilder()
                .setStatusCode(200)
                .setContentType("application/json")
                .setBody(BODY)
                .build();

        assertThatThrownBy(() -> Conformance.check("POST", "/api/admin/jobs/7/retry", without))
                .hasMessageContaining("X-Request-Id");
    }

    private static void check(String path, int status, String type, String body) {
        Conformance.check(
                "POST",
                path,
                new ResponseBuilder()
                        .setStatusCode(status)
                        .setContentType(type)
                        .setHeader("X-Request-Id", "1")
                        .setBody(body)
                        .build());
    }
}
