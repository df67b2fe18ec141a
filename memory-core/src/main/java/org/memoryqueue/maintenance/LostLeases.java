package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
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
    /** Workers that find the entry go first; and who waits for this must not wait for more than 5 s after the lease. */
    private static final Duration LONGEST_GRACE = Duration.ofSeconds(3);

    private final Expiry expiry;
    private final DueIndex index;
    private final Duration grace;

    LostLeases(Expiry expiry, DueIndex index, MaintenanceConfig config) {
        this.expiry = expiry;
        this.index = index;
        this.grace = config.grace().compareTo(LONGEST_GRACE) < 0 ? config.grace() : LONGEST_GRACE;
    }

    Uni<Void> reclaim() {
        return expiry.expire(grace, MAX_AT_ONCE).flatMap(expired -> {
            if (!expired.due().isEmpty()) {
                LOG.infof(
                        "%d jobs whose leases were lost are due again",
                        expired.due().size());
            }
            expired.poison().forEach(job -> LOG.warnf("Job %d failed: poison", job));
            return index.add(expired.due())
                    .flatMap(added -> expired.due().size() + expired.poison().size() < MAX_AT_ONCE
                            ? Uni.createFrom().voidItem()
                            : reclaim());
        });
    }
}
