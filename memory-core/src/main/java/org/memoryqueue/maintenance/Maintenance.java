package org.memoryqueue.maintenance;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.memoryqueue.database.Schema;

/**
 * Looks after the queue, in one process at a time. Both services can lead, so that it is also done when there are no
 * workers. A duty that fails does not keep the others from being done.
 */
@Singleton
public final class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);

    /** A leader that is gone is followed after this many rounds. */
    private static final int TERM_IN_ROUNDS = 3;

    private final Schema schema;
    private final Leadership leadership;
    private final LostLeases lostLeases;
    private final IndexRepair indexRepair;
    private final Duration term;

    Maintenance(
            Schema schema,
            Leadership leadership,
            LostLeases lostLeases,
            IndexRepair indexRepair,
            MaintenanceConfig config) {
        this.schema = schema;
        this.leadership = leadership;
        this.lostLeases = lostLeases;
        this.indexRepair = indexRepair;
        this.term = config.every().multipliedBy(TERM_IN_ROUNDS);
    }

    /** One round. Never fails. */
    @Scheduled(every = "${memory.maintenance.every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> round() {
        return schema.isMigrated()
                .flatMap(migrated ->
                        migrated ? leadership.acquire(term) : Uni.createFrom().item(false))
                .flatMap(leads -> leads ? doDuties() : Uni.createFrom().voidItem())
                .onFailure()
                .invoke(failure -> LOG.debugf("Maintenance must wait: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> doDuties() {
        return duty("reclaiming lost leases", lostLeases.reclaim())
                .flatMap(done -> duty("repairing the index", Uni.createFrom().deferred(indexRepair::repair)));
    }

    private static Uni<Void> duty(String name, Uni<Void> duty) {
        return duty.onFailure()
                .invoke(failure -> LOG.warnf("Failed at %s: %s", name, failure))
                .onFailure()
                .recoverWithNull();
    }
}
