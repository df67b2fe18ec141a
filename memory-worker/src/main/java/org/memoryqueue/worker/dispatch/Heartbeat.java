package org.memoryqueue.worker.dispatch;

import jakarta.inject.Singleton;
import java.time.Duration;

/** When the loop last turned. A turn has a time limit, so the loop also turns when a store is a black hole. */
@Singleton
public final class Heartbeat {

    /** The longest that a turn may take. */
    static final Duration MAX_TURN = Duration.ofSeconds(15);

    /** The longest between two beats of a loop that is alive. */
    private static final Duration BOUND = MAX_TURN.multipliedBy(3);

    private volatile long lastBeat = System.nanoTime();

    void beat() {
        lastBeat = System.nanoTime();
    }

    /** Whether the loop has turned within its bound. */
    public boolean isAlive() {
        return System.nanoTime() - lastBeat < BOUND.toNanos();
    }
}
