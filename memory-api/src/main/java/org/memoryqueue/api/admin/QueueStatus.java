package org.memoryqueue.api.admin;

import java.util.Locale;
import org.memoryqueue.status.QueueCounts;

/** The state of the queue, as the dashboard shows it. */
public record QueueStatus(boolean healthy, Metrics metrics, RedisStatus redis, WorkerSettings worker) {

    /**
     * The counts.
     *
     * @param completed lifetime number
     * @param failed lifetime number
     * @param total waiting, active, delayed and paused
     * @param processingRate completed of all that ended, in percent with two decimals
     */
    public record Metrics(
            long waiting,
            long active,
            long completed,
            long failed,
            long delayed,
            long paused,
            long total,
            String processingRate) {

        static Metrics of(QueueCounts counts) {
            return new Metrics(
                    counts.isPaused() ? 0 : counts.waitingTotal(),
                    counts.active(),
                    counts.completed(),
                    counts.failed(),
                    counts.delayed(),
                    counts.isPaused() ? counts.waitingTotal() : 0,
                    counts.waitingTotal() + counts.active() + counts.delayed(),
                    rate(counts.completed(), counts.failed()));
        }

        private static String rate(long completed, long failed) {
            double ended = completed + failed;
            return String.format(Locale.ROOT, "%.2f", ended == 0 ? 0 : 100 * completed / ended);
        }
    }

    /** Where Redis is, and whether it answers. */
    public record RedisStatus(String host, String port, boolean connected) {}

    /** How the workers are set up. */
    public record WorkerSettings(String concurrency, String environment) {}
}
