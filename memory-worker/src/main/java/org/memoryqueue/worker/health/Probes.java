package org.memoryqueue.worker.health;

import io.smallrye.health.api.AsyncHealthCheck;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;
import org.memoryqueue.database.Schema;
import org.memoryqueue.worker.dispatch.Heartbeat;
import org.memoryqueue.worker.dispatch.WorkLoop;

/** What Kubernetes asks. Live: the loop turns. Started: the schema is there. Ready: Postgres takes writes. */
@Singleton
final class Probes {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    @Produces
    @Singleton
    @Liveness
    HealthCheck loopTurns(Heartbeat heartbeat) {
        return () ->
                HealthCheckResponse.named("loop").status(heartbeat.isAlive()).build();
    }

    @Produces
    @Singleton
    @Startup
    HealthCheck schemaSeen(WorkLoop loop) {
        return () ->
                HealthCheckResponse.named("schema").status(loop.hasStarted()).build();
    }

    @Produces
    @Singleton
    @Readiness
    AsyncHealthCheck takesWork(WorkLoop loop, Schema schema) {
        return () -> schema.isWritable()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .onFailure()
                .recoverWithItem(false)
                .map(writable -> HealthCheckResponse.named("database")
                        .status(writable && loop.isRunning() && loop.hasStarted())
                        .build());
    }
}
