package org.memoryqueue.worker.dispatch;

import java.util.EnumMap;
import java.util.Map;
import org.memoryqueue.job.Priority;

/**
 * Deals free slots out among the priorities by their weights, as smooth weighted round robin (the scheduling of nginx'
 * upstream module): in twelve turns high gets 8, normal 3 and low 1, evenly spread. It remembers whose turn is next, so
 * that also a worker with a single slot serves low in one of twelve turns.
 */
final class WeightedTurns {

    private final Map<Priority, Integer> credit = new EnumMap<>(Priority.class);

    /** The shares of the next turns; they add up to the number of slots. */
    Map<Priority, Integer> deal(int slots) {
        Map<Priority, Integer> shares = new EnumMap<>(Priority.class);
        for (int turn = 0; turn < slots; turn++) {
            shares.merge(next(), 1, Integer::sum);
        }
        return shares;
    }

    private Priority next() {
        Priority next = Priority.HIGH;
        int total = 0;
        for (Priority priority : Priority.ALL) {
            total += priority.weight();
            credit.merge(priority, priority.weight(), Integer::sum);
            if (credit(priority) > credit(next)) {
                next = priority;
            }
        }
        credit.merge(next, -total, Integer::sum);
        return next;
    }

    private int credit(Priority priority) {
        return credit.getOrDefault(priority, 0);
    }
}
