package org.memoryqueue.api.health;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The health of the queue, open to everybody.
 *
 * @param status healthy, degraded or error
 */
public record QueueHealth(String service, String status, OffsetDateTime timestamp, Queue queue, Thresholds thresholds) {

    /** The counts, null when Postgres is away; {@code redis} is connected or disconnected. */
    public record Queue(
            @Nullable Long waiting,
            @Nullable Long active,
            @Nullable Long completed,
            @Nullable Long failed,
            @Nullable Long delayed,
            String redis) {}

    /** The configured thresholds; only the first decides. */
    public record Thresholds(long maxWaiting, long maxActive, long maxDelayed) {}
}
