package org.memoryqueue.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How patient the queue is with an outage of what its jobs need. */
@ConfigMapping(prefix = "memory.outage")
public interface OutageConfig {

    /** How long a job is postponed for at first; doubled each time. */
    @WithDefault("2s")
    Duration firstDelay();

    /** The longest that a job is postponed for, unless a server asks for longer. */
    @WithDefault("5m")
    Duration maxDelay();

    /** How long a job is postponed again and again before it fails. */
    @WithDefault("24h")
    Duration giveUpAfter();

    /** How often it must have been postponed by then: a queue that was paused for a day was no outage. */
    @WithDefault("5")
    int giveUpAfterTries();
}
