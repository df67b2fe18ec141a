package org.memoryqueue.local;

import java.time.Duration;

/** The pause before a crashed service is started again: 1 s, doubled at each crash up to 30 s. */
final class Backoff {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofSeconds(30);
    static final Duration HEALTHY_LIFE = Duration.ofSeconds(60);

    private Duration next = FIRST;

    /** The pause after a life of that length; one that lasted a minute makes up for the crashes before it. */
    Duration after(Duration life) {
        Duration pause = life.compareTo(HEALTHY_LIFE) >= 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return pause;
    }
}
