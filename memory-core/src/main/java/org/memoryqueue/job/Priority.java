package org.memoryqueue.job;

import java.util.List;
import java.util.Locale;

/** Which jobs go first. Each has a stream of its own and a weight: of twelve turns high gets 8, normal 3, low 1. */
public enum Priority {
    HIGH(8),
    NORMAL(3),
    LOW(1);

    /** All priorities, the most urgent first. */
    public static final List<Priority> ALL = List.of(values());

    private final int weight;

    Priority(int weight) {
        this.weight = weight;
    }

    /** Turns out of twelve. */
    public int weight() {
        return weight;
    }

    /** The spelling in the database, in stream names and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The priority that is spelt so. */
    public static Priority ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
