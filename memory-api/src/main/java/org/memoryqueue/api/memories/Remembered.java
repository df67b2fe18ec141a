package org.memoryqueue.api.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.profile.Profile;

/**
 * What is remembered of a student.
 *
 * @param memories newest first, never null
 * @param profile null before the first session is remembered
 * @param nextCursor where the next page starts; left out on the last page
 */
public record Remembered(
        List<Memory> memories,
        @Nullable Profile profile,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor) {}
