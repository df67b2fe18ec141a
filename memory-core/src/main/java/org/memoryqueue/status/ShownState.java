package org.memoryqueue.status;

import java.util.Locale;
import org.memoryqueue.job.JobState;

/** The state of a job in the words of the wire, which tell a job that waits from one that waits for a reason. */
public enum ShownState {
    /** Due, and not leased. */
    WAITING(JobState.QUEUED),
    /** Due, while the whole queue is paused. */
    PAUSED(JobState.QUEUED),
    /** Due later. */
    DELAYED(JobState.QUEUED),
    /** Leased. */
    ACTIVE(JobState.RUNNING),
    COMPLETED(JobState.COMPLETED),
    FAILED(JobState.FAILED),
    /** Called off; students and teachers are shown it as failed. */
    CANCELLED(JobState.CANCELLED);

    private final JobState state;

    ShownState(JobState state) {
        this.state = state;
    }

    /**
     * How a job is shown.
     *
     * @param delayed whether its time has not come
     * @param paused whether the whole queue is
     */
    public static ShownState of(JobState state, boolean delayed, boolean paused) {
        return switch (state) {
            case QUEUED -> delayed ? DELAYED : paused ? PAUSED : WAITING;
            case RUNNING -> ACTIVE;
            case COMPLETED -> COMPLETED;
            case FAILED -> FAILED;
            case CANCELLED -> CANCELLED;
        };
    }

    /** The state that a job shown so has in its row. */
    public JobState state() {
        return state;
    }

    /** The spelling on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
