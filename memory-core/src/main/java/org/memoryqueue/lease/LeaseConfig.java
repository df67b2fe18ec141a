package org.memoryqueue.lease;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How jobs are leased. */
@ConfigMapping(prefix = "memory.lease")
public interface LeaseConfig {

    /** How long a worker holds a job without renewing; it renews at a third of it. On the database's clock. */
    @WithDefault("30s")
    Duration duration();
}
