package org.memoryqueue.api.admin;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.process.WorkingProcess;
import org.memoryqueue.status.QueueCounts;

/** The state of the queue, as the dashboard shows it. */
public record QueueStatus(boolean healthy, Metrics metrics, RedisStatus redis, WorkerSettings worker, Queue queue) {

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

    /**
     * What is going on. Processes that have said so within the last 15 seconds are at work.
     *
     * @param mode running, paused or draining
     * @param drained whether it is being drained and nothing runs any more
     * @param workers workers at work
     * @param slots how many jobs they work on at once, together
     * @param dispatch where they take jobs from
     * @param processes processes at work, workers and others
     * @param connections how many connections to Postgres these may open, together
     */
    public record Queue(
            String mode,
            boolean drained,
            long workers,
            long slots,
            Dispatch dispatch,
            long processes,
            long connections) {

        /** How many workers take jobs from where: postgres, while Redis is away for them. */
        public record Dispatch(long redis, long postgres) {}

        static Queue of(QueueCounts counts, List<WorkingProcess> atWork) {
            return new Queue(
                    counts.mode().word(),
                    counts.mode() == QueueMode.DRAINING && counts.active() == 0,
                    atWork.stream().filter(process -> process.slots() != null).count(),
                    atWork.stream()
                            .map(WorkingProcess::slots)
                            .filter(Objects::nonNull)
                            .mapToLong(Integer::longValue)
                            .sum(),
                    new Dispatch(takingFrom("redis", atWork), takingFrom("postgres", atWork)),
                    atWork.size(),
                    atWork.stream().mapToLong(WorkingProcess::poolSize).sum());
        }

        private static long takingFrom(String source, List<WorkingProcess> atWork) {
            return atWork.stream()
                    .filter(process -> source.equals(process.dispatch()))
                    .count();
        }
    }
}
