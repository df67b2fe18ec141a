package org.memoryqueue.api.limits;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much one instance takes on at once; what is beyond is refused at once, with 429. */
@ConfigMapping(prefix = "memory.load")
public interface LoadConfig {

    /** The most requests under way. */
    @WithDefault("500")
    int maxRequests();

    /** The most bytes in the bodies of requests under way. */
    @WithDefault("32M")
    MemorySize maxBytes();
}
