package org.memoryqueue.worker.system;

import java.util.Locale;

/** How much a scenario does: little in every build, the sizes of docs/reliability.md when asked for. */
enum Size {
    SMALL,
    FULL;

    private static final Size CURRENT =
            valueOf(System.getProperty("memory.chaos", "small").toUpperCase(Locale.ROOT));

    /** The size of this run, by the system property {@code memory.chaos}. */
    static Size current() {
        return CURRENT;
    }

    /** What applies in this run. */
    static <T> T of(T small, T full) {
        return CURRENT == FULL ? full : small;
    }
}
