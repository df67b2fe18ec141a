package org.memoryqueue.operator;

import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The record of something that an operator did.
 *
 * @param action a word of {@link Action}
 * @param jobId the job that it was done to, null where it was not one
 * @param filter what else it was done to: jobs by a filter, or a memory and the names of its fields; names no student
 * @param changed how much it changed; 0 when all was so already
 */
public record OperatorAction(
        long id,
        OffsetDateTime at,
        String operator,
        String action,
        @Nullable Long jobId,
        @Nullable Map<String, Object> filter,
        long changed) {}
