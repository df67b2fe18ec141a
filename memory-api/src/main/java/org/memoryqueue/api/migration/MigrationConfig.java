package org.memoryqueue.api.migration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a start does beside serving. */
@ConfigMapping(prefix = "memory.migration")
public interface MigrationConfig {

    /** The choices. */
    enum Mode {
        /** Migrate, and serve. */
        START,
        /** Migrate, and end: with 0 when the schema is the one of this version. For a job before a rollout. */
        ONLY
    }

    /** The choice. */
    @WithDefault("start")
    Mode mode();
}
