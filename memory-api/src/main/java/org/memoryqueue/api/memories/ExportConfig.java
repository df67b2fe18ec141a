package org.memoryqueue.api.memories;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many exports, and for how long. */
@ConfigMapping(prefix = "memory.export")
public interface ExportConfig {

    /** The most exports that one instance writes at once. */
    @WithDefault("20")
    int maxAtOnce();

    /** The longest that one may take, however slowly it is read; then it breaks off. */
    @WithDefault("5m")
    Duration maxDuration();
}
