package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.lease.Lease;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class JobViewTest {

    private static final long YEAR_2020 = 1_577_836_800_000L;

    @Inject
    WorkerStandIn worker;

    @Test
    void showsAWaitingJob() {
        view(accepted())
                .body("state", equalTo("waiting"))
                .body("progress", equalTo(0))
                .body("result", nullValue())
                .body("failedReason", nullValue())
                .body("attemptsMade", equalTo(0))
                .body("createdAt", greaterThan(YEAR_2020))
                .body("processedAt", nullValue())
                .body("finishedAt", nullValue());
    }

    @Test
    void showsAnActiveJob() {
        String jobId = accepted();
        worker.lease(jobId);

        view(jobId)
                .body("state", equalTo("active"))
                .body("attemptsMade", equalTo(1))
                .body("processedAt", greaterThan(YEAR_2020))
                .body("finishedAt", nullValue());
    }

    @Test
    void showsACompletedJobWithItsMemory() {
        String jobId = accepted();
        worker.complete(worker.lease(jobId));

        view(jobId)
                .body("state", equalTo("completed"))
                .body("progress", equalTo(100))
                .body("result", aMapWithSize(2))
                .body("result.success", equalTo(true))
                .body("result.memoryId", matchesPattern("[0-9a-f-]{36}"))
                .body("failedReason", nullValue())
                .body("finishedAt", greaterThan(YEAR_2020));
    }

    @Test
    void showsAFailedJobWithItsReason() {
        String jobId = accepted();
        Lease lease = worker.lease(jobId);
        worker.fail(lease);

        view(jobId)
                .body("state", equalTo("failed"))
                .body("result", nullValue())
                .body("failedReason", equalTo("The summariser failed: for the test"));
    }

    @Test
    void answersTheDocumentedFormLikeTheOldOne() {
        String jobId = accepted();
        String patched = given().patch("/api/student/memory?jobId=" + jobId).asString();

        given().get("/api/student/memory/jobs/" + jobId)
                .then()
                .statusCode(200)
                .body(
                        "",
                        equalTo(io.restassured.path.json.JsonPath.from(patched).getMap("")));
    }

    @Test
    void asksForAMissingJobId() {
        given().patch("/api/student/memory")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("error", equalTo("jobId is required"))
                .body("violations[0].field", equalTo("jobId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999", "-1", "abc", "99999999999999999999999", "1e3"})
    void knowsNoSuchJob(String jobId) {
        given().queryParam("jobId", jobId)
                .patch("/api/student/memory")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("error", equalTo("Job not found"));
        given().get("/api/student/memory/jobs/" + jobId).then().statusCode(404);
    }

    private static String accepted() {
        return handIn(session(4)).statusCode(202).extract().path("jobId");
    }

    private static ValidatableResponse view(String jobId) {
        return given().patch("/api/student/memory?jobId=" + jobId)
                .then()
                .statusCode(200)
                .body("", aMapWithSize(9))
                .body("jobId", equalTo(jobId));
    }
}
