package org.memoryqueue.local.redis;

import java.io.IOException;
import java.time.Duration;

/** Waits until several servers agree. */
final class Waiting {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 50;

    private Waiting() {}

    /** What may not be so yet, and may not be answered yet. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws IOException;
    }

    /**
     * Returns when the condition holds.
     *
     * @throws IOException when it does not in 30 s; the message has what was awaited
     */
    static void until(String what, Condition condition) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("It took more than " + PATIENCE.toSeconds() + " s until " + what);
            }
            pause();
        }
    }

    private static boolean holds(Condition condition) {
        try {
            return condition.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting", e);
        }
    }
}
