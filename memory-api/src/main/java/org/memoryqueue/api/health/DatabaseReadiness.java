package org.memoryqueue.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.memoryqueue.api.migration.Migration;
import org.memoryqueue.database.Schema;

/**
 * Ready while sessions can be made durable: the schema is migrated and Postgres takes writes. Redis is no condition,
 * since nothing is lost without it.
 */
@Readiness
@Singleton
final class DatabaseReadiness implements AsyncHealthCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Migration migration;
    private final Schema schema;

    DatabaseReadiness(Migration migration, Schema schema) {
        this.migration = migration;
        this.schema = schema;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        if (!migration.isDone()) {
            return Uni.createFrom().item(response(false, "migrating the schema"));
        }
        return schema.isWritable()
                .ifNoItem()
                .after(TIMEOUT)
                .fail()
                .map(writable -> response(writable, writable ? "writable" : "read-only"))
                .onFailure()
                .recoverWithItem(failure -> response(false, "away"));
    }

    private static HealthCheckResponse response(boolean up, String state) {
        return HealthCheckResponse.named("database")
                .status(up)
                .withData("state", state)
                .build();
    }
}
