package org.memoryqueue.local;

import java.time.Duration;

/** A wait that an interrupt ends. */
final class Pause {
    private Pause() {}

    /** Whether the whole pause was made; when interrupted, the thread stays so. */
    static boolean of(Duration length) {
        try {
            Thread.sleep(length);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
