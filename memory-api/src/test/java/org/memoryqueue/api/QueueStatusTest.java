package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.matchesPattern;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class QueueStatusTest {

    @Inject
    WorkerStandIn worker;

    @Test
    void showsTheQueueInTheContractsShape() {
        given().get("/api/admin/queue-status")
                .then()
                .statusCode(200)
                .body("", aMapWithSize(5))
                .body("healthy", equalTo(true))
                .body("metrics", aMapWithSize(8))
                .body("metrics.processingRate", matchesPattern("\\d+\\.\\d\\d"))
                .body("redis", aMapWithSize(3))
                .body("redis.host", equalTo("127.0.0.1"))
                .body("redis.port", equalTo(String.valueOf(LocalStores.redis().port())))
                .body("redis.connected", equalTo(true))
                .body("worker", aMapWithSize(2))
                .body("worker.concurrency", equalTo("10"))
                .body("worker.environment", instanceOf(String.class));
    }

    @Test
    void countsJobsByState() {
        JsonPath before = status();
        String waiting = handIn(session(4)).extract().path("jobId");
        String completed = handIn(session(4)).extract().path("jobId");
        String failed = handIn(session(4)).extract().path("jobId");
        worker.complete(worker.lease(completed));
        worker.fail(worker.lease(failed));
        worker.lease(waiting);
        handIn(session(4));

        JsonPath after = status();

        assertThat(grown(before, after, "waiting")).isEqualTo(1);
        assertThat(grown(before, after, "active")).isEqualTo(1);
        assertThat(grown(before, after, "completed")).isEqualTo(1);
        assertThat(grown(before, after, "failed")).isEqualTo(1);
        assertThat(grown(before, after, "total")).isEqualTo(2);
        double rate = 100.0
                * after.getLong("metrics.completed")
                / (after.getLong("metrics.completed") + after.getLong("metrics.failed"));
        assertThat(Double.parseDouble(after.getString("metrics.processingRate")))
                .isCloseTo(rate, org.assertj.core.data.Offset.offset(0.006));
    }

    @Test
    void showsItsHealthToEverybody() {
        given().get("/api/health/queue")
                .then()
                .statusCode(200)
                .body("", aMapWithSize(5))
                .body("service", equalTo("memory-queue"))
                .body("status", equalTo("healthy"))
                .body("timestamp", matchesPattern("\\d{4}-\\d\\d-\\d\\dT.*Z"))
                .body("queue", aMapWithSize(6))
                .body("queue.redis", equalTo("connected"))
                .body("thresholds", aMapWithSize(3))
                .body("thresholds.maxWaiting", equalTo(1000))
                .body("thresholds.maxActive", equalTo(50))
                .body("thresholds.maxDelayed", equalTo(500));
    }

    @Test
    void answersItsProbes() {
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health/started").then().statusCode(200);
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", org.hamcrest.Matchers.contains("database"));
    }

    @Test
    void exportsItsMetrics() {
        handIn(session(4)).statusCode(202);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> given().get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .body(containsString("memory_sessions_accepted_total{outcome=\"queued\",priority=\"low\"}"))
                        .body(containsString("memory_queue_waiting{priority=\"high\"}"))
                        .body(containsString("memory_queue_oldest_waiting_seconds{priority=\"low\"}"))
                        .body(containsString("memory_queue_active "))
                        .body(containsString("memory_queue_completed "))
                        .body(containsString("memory_queue_failed "))
                        .body(containsString("memory_queue_paused 0.0")));
    }

    @Test
    void answersAnUnknownRouteWithAProblem() {
        given().get("/api/nothing").then().statusCode(404).contentType("application/problem+json");
        given().delete("/api/health/queue").then().statusCode(405).contentType("application/problem+json");
    }

    private static JsonPath status() {
        return given().get("/api/admin/queue-status").then().extract().jsonPath();
    }

    private static long grown(JsonPath before, JsonPath after, String count) {
        return after.getLong("metrics." + count) - before.getLong("metrics." + count);
    }
}
