package org.memoryqueue.api.migration;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jboss.logging.Logger;

/**
 * Migrates the schema when the service starts, and goes on trying while Postgres is away: the service comes up and says
 * that it is not ready, rather than being restarted again and again. Where the deployment asks for the migration only, the
 * service ends after it.
 */
@Singleton
public final class Migration {

    private static final Logger LOG = Logger.getLogger(Migration.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Flyway flyway;
    private final MigrationConfig config;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean done;

    Migration(Flyway flyway, MigrationConfig config) {
        this.flyway = flyway;
        this.config = config;
    }

    /** Whether the schema is up to date. */
    public boolean isDone() {
        return done;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("migration").daemon().start(this::migrateUntilDone);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void migrateUntilDone() {
        try {
            while (!tryToMigrate()) {
                if (stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            done = true;
            if (config.mode() == MigrationConfig.Mode.ONLY) {
                LOG.info("The schema is migrated");
                Quarkus.asyncExit(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryToMigrate() {
        try {
            flyway.migrate();
            return true;
        } catch (FlywayValidateException e) {
            // The schema is another one than this version's: waiting does not help, and serving would harm.
            LOG.fatalf("The schema is not one that this version can migrate: %s", e.getMessage());
            Quarkus.asyncExit(1);
            stopped.countDown();
            return false;
        } catch (RuntimeException e) {
            LOG.warnf("The schema cannot be migrated yet: %s", e.getMessage());
            return false;
        }
    }
}
