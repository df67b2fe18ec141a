package org.memoryqueue.api;

import static io.restassured.RestAssured.given;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.memoryqueue.api.Sessions.handIn;
import static org.memoryqueue.api.Sessions.session;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.dispatch.JobChanges;
import org.memoryqueue.lease.Lease;

@QuarkusTest
@QuarkusTestResource(LocalStores.class)
@ExtendWith(AsAdmin.class)
class JobEventsTest {

    @TestHTTPResource("/api/student/memory/jobs/")
    @Nullable
    URI jobs;

    @Inject
    WorkerStandIn worker;

    @Inject
    JobChanges changes;

    @Test
    void tellsEachChangeUntilTheJobEnds() throws Exception {
        String jobId = newJob();
        try (EventStream events = open(jobId)) {
            assertThat(events.status()).isEqualTo(200);
            assertThat(events.contentType()).startsWith("text/event-stream");
            awaitState(events, 1, "waiting");
            Lease lease = worker.lease(jobId);
            changes.announce(lease.jobId());
            awaitState(events, 2, "active");
            worker.complete(lease);
            changes.announce(lease.jobId());
            awaitState(events, 3, "completed");
            await().until(events::hasEnded);

            assertThat(events.data().getLast())
                    .isEqualTo(given().get("/api/student/memory/jobs/" + jobId).asString());
        }
    }

    @Test
    void endsAtOnceForAJobThatHasEnded() throws Exception {
        String jobId = newJob();
        worker.complete(worker.lease(jobId));
        try (EventStream events = open(jobId)) {
            await().until(events::hasEnded);
            assertThat(events.data()).hasSize(1);
        }
    }

    @Test
    void noticesChangesThatNobodyTellsOf() throws Exception {
        String jobId = newJob();
        try (EventStream events = open(jobId)) {
            awaitState(events, 1, "waiting");
            worker.complete(worker.lease(jobId));
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(events.data().getLast()).contains("\"state\":\"completed\""));
        }
    }

    @Test
    void goesOnWhileRedisIsAway() throws Exception {
        String jobId = newJob();
        try (EventStream events = open(jobId)) {
            awaitState(events, 1, "waiting");
            LocalStores.redis().kill();
            try {
                Lease lease = worker.lease(jobId);
                awaitState(events, 2, "active");
                worker.complete(lease);
                awaitState(events, 3, "completed");
            } finally {
                LocalStores.redis().restart();
            }
            await().until(events::hasEnded);
        }
    }

    @Test
    void endsWhenTheJobIsErased() throws Exception {
        Map<String, Object> session = session(4);
        String jobId = handIn(session).extract().path("jobId");
        try (EventStream events = open(jobId)) {
            awaitState(events, 1, "waiting");
            given().queryParam("studentId", session.get("studentId"))
                    .delete("/api/student/memory")
                    .then()
                    .statusCode(200);
            await().until(events::hasEnded);
            assertThat(events.data()).hasSize(1);
        }
    }

    @Test
    void isNotFoundForAJobOfSomebodyElse() throws Exception {
        String jobId = newJob();
        try (EventStream events =
                EventStream.open(requireNonNull(jobs).resolve(jobId + "/events"), Tokens.student("somebody"))) {
            assertThat(events.status()).isEqualTo(404);
            assertThat(events.contentType()).startsWith("application/problem+json");
        }
    }

    private static String newJob() {
        return handIn(session(4)).extract().path("jobId");
    }

    private EventStream open(String jobId) throws IOException, InterruptedException {
        return EventStream.open(requireNonNull(jobs).resolve(jobId + "/events"), Tokens.admin());
    }

    private static void awaitState(EventStream events, int count, String state) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(events.data()).hasSize(count);
            assertThat(events.data().getLast()).contains("\"state\":\"" + state + "\"");
        });
    }
}
