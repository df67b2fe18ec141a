package org.memoryqueue.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the queue is looked after. */
@ConfigMapping(prefix = "memory.maintenance")
public interface MaintenanceConfig {

    /** How often the leader works. */
    @WithDefault("1s")
    Duration every();

    /** How long a job must be due, or its lease lost, before it is repaired: workers and late commits go first. */
    @WithDefault("5s")
    Duration grace();

    /** How often the whole index is compared with Postgres when nothing seems to be wrong with it. */
    @WithDefault("60s")
    Duration fullPass();

    /** How long a consumer that holds nothing must not have been heard of before it is removed. */
    @WithDefault("10m")
    Duration consumerSilence();
}
