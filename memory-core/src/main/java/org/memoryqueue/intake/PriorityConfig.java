package org.memoryqueue.intake;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Which sessions go first. */
@ConfigMapping(prefix = "memory.priority")
public interface PriorityConfig {

    /** A session with more messages of student and tutor than this has high priority. */
    @WithDefault("20")
    int highAbove();

    /** A session with fewer messages of student and tutor than this has low priority. */
    @WithDefault("8")
    int lowBelow();
}
