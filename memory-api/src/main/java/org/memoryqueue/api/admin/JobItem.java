package org.memoryqueue.api.admin;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.operator.ListedJob;

/**
 * A job as an operator's list shows it.
 *
 * @param jobId digits
 * @param state waiting, paused, delayed, active, completed, failed or cancelled
 * @param superseded whether a newer revision of its session has a job of its own
 * @param attemptsMade leases minus clean releases
 * @param errorCode why it failed, in one word; null unless it did
 * @param failedReason the same for a person
 * @param createdAt epoch milliseconds
 * @param processedAt epoch milliseconds of the last lease, null before the first
 * @param finishedAt epoch milliseconds, null before the end
 */
public record JobItem(
        String jobId,
        String state,
        String priority,
        String studentId,
        String chatbotId,
        String roomId,
        int revision,
        boolean superseded,
        int attemptsMade,
        @Nullable String errorCode,
        @Nullable String failedReason,
        long createdAt,
        @Nullable Long processedAt,
        @Nullable Long finishedAt) {

    static JobItem of(ListedJob job) {
        return new JobItem(
                String.valueOf(job.id()),
                job.state().word(),
                job.priority().word(),
                job.studentId(),
                job.chatbotId(),
                job.roomId(),
                job.revision(),
                job.superseded(),
                job.attempts(),
                job.errorCode(),
                job.failedReason(),
                millis(job.createdAt()),
                millisOrNull(job.startedAt()),
                millisOrNull(job.finishedAt()));
    }

    static long millis(OffsetDateTime time) {
        return time.toInstant().toEpochMilli();
    }

    static @Nullable Long millisOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : millis(time);
    }
}
