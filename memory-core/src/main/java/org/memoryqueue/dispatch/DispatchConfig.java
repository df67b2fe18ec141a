package org.memoryqueue.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where workers take jobs from. */
@ConfigMapping(prefix = "memory.queue")
public interface DispatchConfig {

    /** The choices. */
    enum Dispatch {
        /** From the index in Redis; while it is away, straight from Postgres. */
        AUTO,
        /** Always straight from Postgres. No Redis is needed. */
        POSTGRES
    }

    /** The choice. */
    @WithDefault("auto")
    Dispatch dispatch();
}
