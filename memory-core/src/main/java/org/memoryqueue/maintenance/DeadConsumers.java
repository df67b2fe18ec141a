package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.IndexContents;

/**
 * Removes the consumers of workers that died without leaving, once others have taken over what they held. Each boot of a
 * worker is a consumer of its own, so they would add up.
 */
@Singleton
final class DeadConsumers {

    private static final Logger LOG = Logger.getLogger(DeadConsumers.class);

    private final IndexContents contents;
    private final MaintenanceConfig config;

    DeadConsumers(IndexContents contents, MaintenanceConfig config) {
        this.contents = contents;
        this.config = config;
    }

    /** Fails while Redis cannot serve. */
    Uni<Void> remove() {
        return contents.removeConsumers(config.consumerSilence())
                .invoke(removed -> LOG.debugf("%d dead consumers removed", removed))
                .replaceWithVoid();
    }
}
