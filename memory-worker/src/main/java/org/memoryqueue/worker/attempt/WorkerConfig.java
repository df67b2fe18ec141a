package org.memoryqueue.worker.attempt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a worker works. */
@ConfigMapping(prefix = "memory.worker")
public interface WorkerConfig {

    /** How many jobs it works on at once: its slots. */
    @WithDefault("10")
    int concurrency();

    /** How long summarising may take in an attempt, with all its retries; then the job is put off. */
    @WithDefault("4m")
    Duration attemptDeadline();

    /** How long what runs may take to finish when the worker is told to stop; the rest is released. */
    @WithDefault("20s")
    Duration shutdownGrace();
}
