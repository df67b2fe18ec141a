package org.memoryqueue.maintenance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A set of job ids that are less than 64 million apart, a bit for each: 8 MB at most, however many they are. Ids are
 * given out one after the other, so what waits in a queue seldom needs a second window.
 */
final class IdWindow {

    private static final int SIZE = 1 << 26;

    private final long first;
    private final BitSet ids = new BitSet();

    /** Empty; it begins at an id. */
    IdWindow(long first) {
        this.first = first;
    }

    boolean covers(long id) {
        return id >= first && id - first < SIZE;
    }

    boolean contains(long id) {
        return covers(id) && ids.get((int) (id - first));
    }

    /** Adds an id, if the window covers it; whether it was in it already. */
    boolean add(long id) {
        boolean known = contains(id);
        if (covers(id)) {
            ids.set((int) (id - first));
        }
        return known;
    }

    /** Takes out all that another window, which begins at the same id, contains. */
    void removeAll(IdWindow other) {
        ids.andNot(other.ids);
    }

    /** Takes the lowest ids out, in order. */
    List<Long> poll(int limit) {
        List<Long> lowest = new ArrayList<>();
        for (int bit = ids.nextSetBit(0); bit >= 0 && lowest.size() < limit; bit = ids.nextSetBit(bit + 1)) {
            lowest.add(first + bit);
            ids.clear(bit);
        }
        return lowest;
    }
}
