package org.memoryqueue.operator;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;

/**
 * A job as a list shows it, without its transcript.
 *
 * @param superseded whether a newer revision of its session has a job of its own
 * @param attempts leases minus clean releases
 * @param errorCode why it failed, in a word of {@link org.memoryqueue.job.ErrorCode}; null unless it did
 * @param failedReason the same for a person
 * @param createdAt when it was handed in
 * @param startedAt when it was last leased, null before that
 * @param finishedAt when it ended, null before that
 */
public record ListedJob(
        long id,
        ShownState state,
        Priority priority,
        String studentId,
        String chatbotId,
        String roomId,
        int revision,
        boolean superseded,
        int attempts,
        @Nullable String errorCode,
        @Nullable String failedReason,
        OffsetDateTime createdAt,
        @Nullable OffsetDateTime startedAt,
        @Nullable OffsetDateTime finishedAt) {}
