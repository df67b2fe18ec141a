package org.memoryqueue.api.jobs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long, and by how many, jobs are watched. */
@ConfigMapping(prefix = "memory.events")
public interface EventsConfig {

    /** The most streams that one instance holds open. */
    @WithDefault("1000")
    int maxStreams();

    /** After how long a stream ends; whoever still wants to know opens another. */
    @WithDefault("10m")
    Duration maxDuration();

    /** How often a job is looked at while nothing is heard of changes. */
    @WithDefault("1s")
    Duration poll();

    /** How often it is looked at while changes are heard of; one may get lost. */
    @WithDefault("5s")
    Duration lookAnyway();

    /** How often something is sent at least, so that no proxy takes the connection for dead. */
    @WithDefault("15s")
    Duration heartbeat();
}
