package org.memoryqueue.maintenance;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Measures for how long event loops do not get round to anything else: a task follows itself on each of them. */
final class LoopWatch {

    private final AtomicLong longest = new AtomicLong();
    private volatile boolean stopped;

    LoopWatch(Vertx vertx) {
        for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
            Context loop = vertx.getOrCreateContext();
            loop.runOnContext(begin -> tick(vertx, System.nanoTime()));
        }
    }

    private void tick(Vertx vertx, long last) {
        if (!stopped) {
            vertx.setTimer(1, timer -> {
                long now = System.nanoTime();
                longest.accumulateAndGet(now - last, Math::max);
                tick(vertx, now);
            });
        }
    }

    /** The longest time between two ticks. */
    Duration stop() {
        stopped = true;
        return Duration.ofNanos(longest.get());
    }
}
