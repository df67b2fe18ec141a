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

    /**
     * How long summarising may go on without a call that succeeds, with all retries of a call; then the job is put off. A
     * long transcript, which takes many calls, has so long for each.
     */
    @WithDefault("4m")
    Duration attemptDeadline();

    /** How long what runs may take to finish when the worker is told to stop; the rest is released. */
    @WithDefault("20s")
    Duration shutdownGrace();
}
