package org.memoryqueue.memory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory for somebody who may put it right.
 *
 * @param memory as it was corrected
 * @param observations what the session showed about single topics, as it was corrected
 * @param hidden whether it is left out wherever memories are shown
 * @param correction what was put right
 * @param reason why it was last corrected or hidden; null where it never was
 */
public record ReviewedMemory(
        Memory memory,
        List<Observation> observations,
        boolean hidden,
        Correction correction,
        @Nullable String reason) {}
