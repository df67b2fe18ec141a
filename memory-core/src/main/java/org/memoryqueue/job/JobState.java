package org.memoryqueue.job;

import java.util.Locale;

/**
 * The state of a job, spelt as in the column {@code memory_job.state}, its CHECK and docs/job-lifecycle.md.
 *
 * <p>{@code queued → running → completed}; {@code running → queued} when its lease is lost or it is released;
 * {@code running → failed} and {@code queued → failed}; {@code failed → queued} when an operator retries it;
 * {@code queued | running → cancelled}.
 */
public enum JobState {
    /** Waits for a worker; with {@code run_at} in the future it is delayed. */
    QUEUED,
    /** Leased by a worker. */
    RUNNING,
    /** Its effects are stored. */
    COMPLETED,
    /** A dead letter, which says why. */
    FAILED,
    /** Called off by an operator. */
    CANCELLED;

    /** The spelling in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state that is spelt so in the database. */
    public static JobState ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** Whether the job has ended; only an operator's retry leads out of it. */
    public boolean isTerminal() {
        return switch (this) {
            case QUEUED, RUNNING -> false;
            case COMPLETED, FAILED, CANCELLED -> true;
        };
    }
}
