package org.memoryqueue.api.jobs;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;
import org.memoryqueue.status.JobRow;
import org.memoryqueue.status.ShownState;

/**
 * A job as the frontend sees it.
 *
 * @param jobId digits
 * @param state waiting, active, completed, failed, delayed or paused
 * @param progress 0 to 100, in percent; follows from the state
 * @param result the memory, null until the job is completed
 * @param failedReason why it failed or {@code cancelled}, null otherwise
 * @param attemptsMade leases minus clean releases
 * @param createdAt epoch milliseconds
 * @param processedAt epoch milliseconds of the last lease, null before the first
 * @param finishedAt epoch milliseconds, null before the end
 */
public record JobView(
        String jobId,
        String state,
        int progress,
        @Nullable Result result,
        @Nullable String failedReason,
        int attemptsMade,
        long createdAt,
        @Nullable Long processedAt,
        @Nullable Long finishedAt) {

    /** What a completed job led to. */
    public record Result(boolean success, UUID memoryId) {}

    static JobView of(JobRow job) {
        return new JobView(
                String.valueOf(job.id()),
                state(job),
                progress(job),
                job.memoryId() == null ? null : new Result(true, job.memoryId()),
                job.state() == JobState.CANCELLED ? "cancelled" : job.failedReason(),
                job.attempts(),
                job.createdAt().toInstant().toEpochMilli(),
                millis(job.startedAt()),
                millis(job.finishedAt()));
    }

    private static String state(JobRow job) {
        ShownState shown = ShownState.of(job.state(), job.delayed(), job.paused());
        return (shown == ShownState.CANCELLED ? ShownState.FAILED : shown).word();
    }

    private static int progress(JobRow job) {
        return switch (job.state()) {
            case QUEUED -> 0;
            case RUNNING -> job.stage().progress();
            case COMPLETED, FAILED, CANCELLED -> 100;
        };
    }

    private static @Nullable Long millis(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant().toEpochMilli();
    }
}
