package org.memoryqueue.api.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The health of the queue, open to everybody.
 *
 * @param status healthy, degraded or error
 * @param queue left out when Postgres is away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueueHealth(
        String service,
        String status,
        OffsetDateTime timestamp,
        @Nullable Queue queue,
        Thresholds thresholds) {

    /** The counts; {@code redis} is connected or disconnected. */
    public record Queue(long waiting, long active, long completed, long failed, long delayed, String redis) {}

    /** The configured thresholds; only the first decides. */
    public record Thresholds(long maxWaiting, long maxActive, long maxDelayed) {}
}
