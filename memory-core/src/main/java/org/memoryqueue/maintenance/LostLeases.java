package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.lease.Leases;

/**
 * Puts jobs back in the queue whose workers died. Workers do the same for entries that they find in the index; this is
 * for jobs whose entries are gone as well.
 */
@Singleton
final class LostLeases {

    private static final Logger LOG = Logger.getLogger(LostLeases.class);
    private static final int MAX_AT_ONCE = 1_000;

    private final Leases leases;
    private final DueIndex index;
    private final MaintenanceConfig config;

    LostLeases(Leases leases, DueIndex index, MaintenanceConfig config) {
        this.leases = leases;
        this.index = index;
        this.config = config;
    }

    Uni<Void> reclaim() {
        return leases.reclaimLost(config.grace().toMillis(), MAX_AT_ONCE).flatMap(jobs -> {
            if (!jobs.isEmpty()) {
                LOG.infof("%d jobs whose leases were lost are due again", jobs.size());
            }
            return index.add(jobs);
        });
    }
}
