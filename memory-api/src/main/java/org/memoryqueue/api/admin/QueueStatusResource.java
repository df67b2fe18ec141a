package org.memoryqueue.api.admin;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.admin.QueueStatus.Metrics;
import org.memoryqueue.api.admin.QueueStatus.Queue;
import org.memoryqueue.api.admin.QueueStatus.RedisStatus;
import org.memoryqueue.api.admin.QueueStatus.WorkerSettings;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.dispatch.DispatchConfig;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.process.Processes;
import org.memoryqueue.status.QueueCountsReader;

/** Shows the state of the queue and what is going on; with Redis down it answers from Postgres. */
@Path("/api/admin/queue-status")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.READ_QUEUE_STATUS)
public class QueueStatusResource {

    private final QueueCountsReader counts;
    private final Processes processes;
    private final DueIndex index;
    private final boolean needsRedis;
    private final String redisAddress;
    private final WorkerSettings worker;

    QueueStatusResource(
            QueueCountsReader counts,
            Processes processes,
            DueIndex index,
            DispatchConfig dispatch,
            @ConfigProperty(name = "quarkus.redis.hosts") String redisHosts,
            @ConfigProperty(name = "MEMORY_WORKER_CONCURRENCY", defaultValue = "10") int concurrency) {
        this.counts = counts;
        this.processes = processes;
        this.index = index;
        this.needsRedis = dispatch.dispatch() == Dispatch.AUTO;
        // Without a password or the number of a database, which such an address may hold.
        this.redisAddress = redisHosts
                .split(",", 2)[0]
                .replaceFirst("^[a-z]+://(?:.*@)?", "")
                .replaceFirst("/.*$", "");
        this.worker = new WorkerSettings(
                String.valueOf(concurrency), LaunchMode.current() == LaunchMode.NORMAL ? "production" : "development");
    }

    @GET
    public Uni<QueueStatus> get() {
        return Uni.combine()
                .all()
                .unis(Deadline.within(counts.read()), Deadline.within(processes.atWork()), index.isReachable())
                .with((read, atWork, connected) -> new QueueStatus(
                        connected || !needsRedis, Metrics.of(read), redis(connected), worker, Queue.of(read, atWork)));
    }

    /** Not by java.net.URI, which knows no host with an underscore. */
    private RedisStatus redis(boolean connected) {
        int colon = redisAddress.lastIndexOf(':');
        return colon < 0
                ? new RedisStatus(redisAddress, "6379", connected)
                : new RedisStatus(redisAddress.substring(0, colon), redisAddress.substring(colon + 1), connected);
    }
}
