package org.memoryqueue.profile;

import java.util.Optional;
import java.util.UUID;

/**
 * How far a rebuild has come: through the profiles, and then through the memories, of which some may lack a profile.
 *
 * @param inMemories whether all profiles were seen
 * @param after the profile, or the memory, that was seen last
 */
public record RebuildCursor(boolean inMemories, UUID after) {

    /** Before the first profile. */
    public static final RebuildCursor START = new RebuildCursor(false, new UUID(0, 0));

    /** Before the first memory. */
    static final RebuildCursor MEMORIES = new RebuildCursor(true, new UUID(0, 0));

    private static final String OF_MEMORIES = "memory-";

    static RebuildCursor profiles(UUID after) {
        return new RebuildCursor(false, after);
    }

    static RebuildCursor memories(UUID after) {
        return new RebuildCursor(true, after);
    }

    /** The form in which it travels. */
    public String text() {
        return (inMemories ? OF_MEMORIES : "") + after;
    }

    /** Reads the form of {@link #text()}; empty when it is not one. */
    public static Optional<RebuildCursor> parse(String text) {
        boolean memories = text.startsWith(OF_MEMORIES);
        try {
            return Optional.of(new RebuildCursor(
                    memories, UUID.fromString(memories ? text.substring(OF_MEMORIES.length()) : text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
