package org.memoryqueue.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a process says of itself. */
@ConfigMapping(prefix = "memory.process")
public interface ProcessConfig {

    /** The name of the service. */
    @WithDefault("${quarkus.application.name:memory-queue}")
    String service();

    /** The most connections to Postgres that it opens. */
    @WithDefault("${quarkus.datasource.reactive.max-size:20}")
    int poolSize();
}
