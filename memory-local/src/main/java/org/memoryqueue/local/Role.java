package org.memoryqueue.local;

import java.time.Duration;

/**
 * What a service is for, in the order of stopping: whoever uses another stops before it. Each role has until its moment,
 * counted from the wish to stop, and is killed then, so that all is over within five seconds.
 */
enum Role {
    WORKER(Duration.ofMillis(2_400)),
    API(Duration.ofMillis(3_300)),
    REDIS(Duration.ofMillis(3_600)),
    POSTGRES(Duration.ofMillis(4_700));

    private final Duration stoppedBy;

    Role(Duration stoppedBy) {
        this.stoppedBy = stoppedBy;
    }

    Duration stoppedBy() {
        return stoppedBy;
    }
}
