package org.memoryqueue.api.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** From when on the queue counts as overloaded. */
@ConfigMapping(prefix = "memory.health")
public interface HealthConfig {

    /** With this many waiting jobs or more the queue is degraded. */
    @WithDefault("1000")
    long maxWaiting();

    /** Shown beside the active jobs; decides nothing. */
    @WithDefault("50")
    long maxActive();

    /** Shown beside the delayed jobs; decides nothing. */
    @WithDefault("500")
    long maxDelayed();
}
