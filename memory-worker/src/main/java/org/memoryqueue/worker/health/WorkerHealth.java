package org.memoryqueue.worker.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.status.QueueCounts;

/** The health of a worker: status healthy with metrics, or unhealthy with an error. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WorkerHealth(
        String status, @Nullable Metrics metrics, @Nullable String error) {

    /** The counts of the queue. */
    public record Metrics(
            long waiting, long active, long completed, long failed, long delayed, long paused, long total) {}

    static WorkerHealth healthy(QueueCounts counts) {
        return new WorkerHealth(
                "healthy",
                new Metrics(
                        counts.isPaused() ? 0 : counts.waitingTotal(),
                        counts.active(),
                        counts.completed(),
                        counts.failed(),
                        counts.delayed(),
                        counts.isPaused() ? counts.waitingTotal() : 0,
                        counts.waitingTotal() + counts.active() + counts.delayed()),
                null);
    }

    static WorkerHealth unhealthy(String error) {
        return new WorkerHealth("unhealthy", null, error);
    }
}
