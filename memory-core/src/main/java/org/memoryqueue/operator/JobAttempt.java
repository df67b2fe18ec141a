package org.memoryqueue.operator;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * One lease of a job.
 *
 * @param token the lease's token; grows with each lease of the job
 * @param worker who had it; null for a job that was completed at its first attempt, of which that is not kept
 * @param endedAt null while it is running
 * @param outcome running, completed, failed, cancelled, lost, postponed or released
 * @param errorCode what went wrong, in a word of {@link org.memoryqueue.job.ErrorCode}; null where that is not known
 */
public record JobAttempt(
        long token,
        @Nullable String worker,
        OffsetDateTime startedAt,
        @Nullable OffsetDateTime endedAt,
        String outcome,
        @Nullable String errorCode) {}
