package org.memoryqueue.status;

import java.time.Duration;
import java.util.Map;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.Priority;

/**
 * How many jobs there are.
 *
 * @param accepted all that were ever accepted
 * @param waiting due and not leased, by priority
 * @param delayed due later
 * @param active leased
 * @param completed lifetime number
 * @param failed lifetime number, from which retried jobs are taken back
 * @param mode whether work is handed out
 * @param oldestWaiting how long the oldest waiting job of each priority has waited; zero where none waits
 */
public record QueueCounts(
        long accepted,
        Map<Priority, Long> waiting,
        long delayed,
        long active,
        long completed,
        long failed,
        QueueMode mode,
        Map<Priority, Duration> oldestWaiting) {

    /** Whether the queue is paused: then its waiting jobs are shown as paused. */
    public boolean isPaused() {
        return mode == QueueMode.PAUSED;
    }

    /** Waiting jobs of one priority. */
    public long waiting(Priority priority) {
        return waiting.getOrDefault(priority, 0L);
    }

    /** How long the oldest waiting job of one priority has waited. */
    public Duration oldestWaiting(Priority priority) {
        return oldestWaiting.getOrDefault(priority, Duration.ZERO);
    }

    /** Waiting jobs of all priorities. */
    public long waitingTotal() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }
}
