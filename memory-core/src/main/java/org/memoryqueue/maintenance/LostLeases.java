package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.lease.Expiry;

/**
 * Puts jobs back in the queue whose workers died. Workers do the same for entries that they find in the index; this is
 * for jobs whose entries are gone as well.
 */
@Singleton
final class LostLeases {

    private static final Logger LOG = Logger.getLogger(LostLeases.class);
    private static final int MAX_AT_ONCE = 1_000;

    private final Expiry expiry;
    private final DueIndex index;
    private final MaintenanceConfig config;

    LostLeases(Expiry expiry, DueIndex index, MaintenanceConfig config) {
        this.expiry = expiry;
        this.index = index;
        this.config = config;
    }

    Uni<Void> reclaim() {
        return expiry.expire(config.grace(), MAX_AT_ONCE).flatMap(expired -> {
            if (!expired.due().isEmpty()) {
                LOG.infof(
                        "%d jobs whose leases were lost are due again",
                        expired.due().size());
            }
            expired.poison().forEach(job -> LOG.warnf("Job %d failed: poison", job));
            return index.add(expired.due());
        });
    }
}
