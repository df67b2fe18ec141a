package org.memoryqueue.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long finished jobs stay readable. Memories stay whatever is set here. */
@ConfigMapping(prefix = "memory.retention")
public interface RetentionConfig {

    /** How long a finished job is kept. */
    @WithDefault("24h")
    Duration finished();

    /** How long a failed job is kept whose session has no memory. */
    @WithDefault("720h")
    Duration unremembered();

    /** How long any job is kept, however many there are. */
    @WithDefault("1h")
    Duration atLeast();

    /** How many completed, and how many cancelled, jobs are kept; those that are younger count, and stay anyway. */
    @WithDefault("${QUEUE_MAX_COMPLETED_JOBS:1000}")
    int maxCompleted();

    /** How many failed jobs are kept whose session has a memory; those that are younger count, and stay anyway. */
    @WithDefault("${QUEUE_MAX_FAILED_JOBS:5000}")
    int maxFailed();

    /** How long it is known what operators did. */
    @WithDefault("17520h")
    Duration audit();
}
