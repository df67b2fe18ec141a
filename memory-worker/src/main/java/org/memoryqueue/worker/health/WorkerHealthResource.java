package org.memoryqueue.worker.health;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.status.QueueCounts;
import org.memoryqueue.status.QueueCountsReader;
import org.memoryqueue.worker.dispatch.Heartbeat;
import org.memoryqueue.worker.dispatch.WorkLoop;

/**
 * The old health route of the worker: unhealthy when the loop has stopped, or when Postgres has been away for too long.
 * Redis being away is no reason.
 */
@Path("/health")
@Produces(MediaType.APPLICATION_JSON)
public class WorkerHealthResource {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration BOUND = Duration.ofSeconds(30);

    private final QueueCountsReader counts;
    private final WorkLoop loop;
    private final Heartbeat heartbeat;

    private volatile @Nullable LastSeen lastSeen;

    private record LastSeen(QueueCounts counts, long at) {

        boolean isRecent() {
            return System.nanoTime() - at < BOUND.toNanos();
        }
    }

    WorkerHealthResource(QueueCountsReader counts, WorkLoop loop, Heartbeat heartbeat) {
        this.counts = counts;
        this.loop = loop;
        this.heartbeat = heartbeat;
    }

    @GET
    public Uni<RestResponse<WorkerHealth>> get() {
        if (!loop.isRunning() || !heartbeat.isAlive()) {
            return Uni.createFrom().item(response(WorkerHealth.unhealthy("the loop has stopped")));
        }
        if (!loop.hasStarted()) {
            return Uni.createFrom().item(response(WorkerHealth.unhealthy("waiting for the schema to be migrated")));
        }
        return counts.read()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .invoke(read -> lastSeen = new LastSeen(read, System.nanoTime()))
                .map(WorkerHealth::healthy)
                .onFailure()
                .recoverWithItem(failure -> withoutDatabase(lastSeen))
                .map(WorkerHealthResource::response);
    }

    private static WorkerHealth withoutDatabase(@Nullable LastSeen last) {
        return last != null && last.isRecent()
                ? WorkerHealth.healthy(last.counts())
                : WorkerHealth.unhealthy("Postgres is away");
    }

    private static RestResponse<WorkerHealth> response(WorkerHealth health) {
        boolean healthy = health.error() == null;
        return RestResponse.ResponseBuilder.create(
                        healthy ? RestResponse.Status.OK : RestResponse.Status.SERVICE_UNAVAILABLE, health)
                .build();
    }
}
