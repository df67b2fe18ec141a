package org.memoryqueue.maintenance;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.memoryqueue.job.Priority;

/**
 * Decides when the whole index is to be looked at. Under load the counts differ at nearly every look, by what is between
 * a commit and its message to the index; so passes are kept apart, by five times as long as one takes.
 *
 * <p>Times are those of {@link System#nanoTime}.
 */
final class PassSchedule {

    private static final long SHORTEST_REST = Duration.ofSeconds(5).toNanos();
    private static final int REST_IN_PASSES = 5;

    /**
     * What a quick look shows.
     *
     * @param marked whether the index still bears the mark of the last pass: Redis has not forgotten it
     * @param belong how many entries each stream should have
     * @param entries how many it has
     */
    record Look(boolean marked, Map<Priority, Long> belong, Map<Priority, Long> entries) {

        /** -1 where entries are missing, 1 where there are too many. */
        int difference(Priority priority) {
            return Long.compare(entries.getOrDefault(priority, 0L), belong.getOrDefault(priority, 0L));
        }

        boolean isEmpty() {
            return belong.values().stream().allMatch(jobs -> jobs == 0)
                    && entries.values().stream().allMatch(length -> length == 0);
        }
    }

    private final long longestRest;
    private final Map<Priority, Integer> lastDifference = new EnumMap<>(Priority.class);
    private boolean failed;
    private long ended;
    private long rest;

    /** @param longestRest after which a pass is due in any case, unless nothing is in the index nor belongs in it */
    PassSchedule(Duration longestRest) {
        this.longestRest = longestRest.toNanos();
    }

    /** Whether a pass is due. */
    boolean isDue(Look look, long now) {
        boolean persists = differencePersists(look);
        boolean rested = now - ended >= rest;
        if (!look.marked()) {
            return rested || !failed;
        }
        return rested && (persists || !look.isEmpty() && now - ended >= longestRest);
    }

    /** Notes that a pass has ended. */
    void ended(boolean finished, long began, long now) {
        failed = !finished;
        ended = now;
        rest = finished ? Math.max(SHORTEST_REST, REST_IN_PASSES * (now - began)) : SHORTEST_REST;
    }

    /** A difference that two looks saw in the same stream and direction is not just something on its way. */
    private boolean differencePersists(Look look) {
        boolean persists = false;
        for (Priority priority : Priority.ALL) {
            int difference = look.difference(priority);
            Integer last = lastDifference.put(priority, difference);
            persists |= difference != 0 && last != null && last == difference;
        }
        return persists;
    }
}
