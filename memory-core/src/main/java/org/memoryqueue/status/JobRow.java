package org.memoryqueue.status;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.job.Stage;

/**
 * A job as it stands, without its transcript.
 *
 * @param delayed whether its time has not come
 * @param stage how far its attempt is, if it is running
 * @param paused whether the whole queue is
 * @param attempts leases minus clean releases
 * @param failedReason why it failed, null unless it did
 * @param memoryId the memory of its session, null until it is completed
 * @param startedAt when it was last leased, null before that
 * @param finishedAt when it ended, null before that
 */
public record JobRow(
        long id,
        String studentId,
        String chatbotId,
        String roomId,
        JobState state,
        Priority priority,
        boolean delayed,
        Stage stage,
        boolean paused,
        int attempts,
        @Nullable String failedReason,
        @Nullable UUID memoryId,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime startedAt,
        @Nullable OffsetDateTime finishedAt) {}
