package org.memoryqueue.maintenance;

import java.util.BitSet;

/**
 * A set of job ids that are at most 64 million apart, a bit for each: 8 MB at most, however many they are. Ids are given
 * out one after the other, so what waits in a queue seldom needs a second window.
 */
final class IdWindow {

    private static final int SIZE = 1 << 26;

    private final long from;
    private final int size;
    private final BitSet ids = new BitSet();

    /** Begins at an id. */
    IdWindow(long from) {
        this(from, SIZE);
    }

    IdWindow(long from, int size) {
        this.from = from;
        this.size = size;
    }

    long from() {
        return from;
    }

    boolean covers(long id) {
        return id >= from && id - from < size;
    }

    /** Adds an id, if the window covers it; whether it was in it already. */
    boolean add(long id) {
        if (!covers(id)) {
            return false;
        }
        boolean known = contains(id);
        ids.set((int) (id - from));
        return known;
    }

    boolean contains(long id) {
        return covers(id) && ids.get((int) (id - from));
    }
}
