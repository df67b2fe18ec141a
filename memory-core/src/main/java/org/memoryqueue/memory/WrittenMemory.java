package org.memoryqueue.memory;

import java.util.UUID;

/** The memory of a session after a write. */
public record WrittenMemory(UUID id, Change change) {

    /** What the write did. */
    public enum Change {
        /** It is the session's first memory. */
        ADDED,
        /** It took the place of an older revision's. */
        REPLACED,
        /** Nothing: the session has the memory of a newer revision. */
        KEPT
    }
}
