package org.memoryqueue.api.health;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestResponse;
import org.memoryqueue.api.health.QueueHealth.Queue;
import org.memoryqueue.api.health.QueueHealth.Thresholds;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.database.Schema;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.status.QueueCounts;
import org.memoryqueue.status.QueueCountsReader;

/** Tells whether the queue accepts and keeps up: 200 when it does, 503 otherwise. */
@Path("/api/health/queue")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll
public class QueueHealthResource {

    private static final Logger LOG = Logger.getLogger(QueueHealthResource.class);

    private final QueueCountsReader counts;
    private final Schema schema;
    private final DueIndex index;
    private final HealthConfig config;

    QueueHealthResource(QueueCountsReader counts, Schema schema, DueIndex index, HealthConfig config) {
        this.counts = counts;
        this.schema = schema;
        this.index = index;
        this.config = config;
    }

    @GET
    public Uni<RestResponse<QueueHealth>> get() {
        return index.isReachable()
                .flatMap(redis -> Deadline.within(Uni.combine()
                                .all()
                                .unis(counts.read(), schema.isWritable())
                                .with((read, writable) -> answer(read, writable, redis)))
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.warnf("The queue is unhealthy: %s", failure);
                            return answer("error", new Queue(null, null, null, null, null, word(redis)));
                        }));
    }

    private RestResponse<QueueHealth> answer(QueueCounts read, boolean writable, boolean redis) {
        String status = !writable ? "error" : read.waitingTotal() < config.maxWaiting() ? "healthy" : "degraded";
        return answer(
                status,
                new Queue(
                        read.waitingTotal(),
                        read.active(),
                        read.completed(),
                        read.failed(),
                        read.delayed(),
                        word(redis)));
    }

    private RestResponse<QueueHealth> answer(String status, Queue queue) {
        return RestResponse.ResponseBuilder.create(
                        status.equals("healthy") ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE,
                        new QueueHealth(
                                "memory-queue",
                                status,
                                OffsetDateTime.now(ZoneOffset.UTC),
                                queue,
                                new Thresholds(config.maxWaiting(), config.maxActive(), config.maxDelayed())))
                .build();
    }

    private static String word(boolean connected) {
        return connected ? "connected" : "disconnected";
    }
}
