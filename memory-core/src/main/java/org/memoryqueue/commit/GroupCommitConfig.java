package org.memoryqueue.commit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of the group commits; each kind of request has one of its own. */
@ConfigMapping(prefix = "memory.group-commit")
public interface GroupCommitConfig {

    /** How long the first request of a batch waits for others. */
    @WithDefault("2ms")
    Duration linger();

    /** How long it waits at most while half of the transactions are under way. */
    @WithDefault("20ms")
    Duration gather();

    /** The most requests in one transaction. */
    @WithDefault("100")
    int maxBatch();

    /** The most transactions under way at once. */
    @WithDefault("4")
    int maxInFlight();

    /** The most requests that wait for a transaction; more are refused. */
    @WithDefault("5000")
    int maxWaiting();
}
