package org.memoryqueue.model;

import java.time.Duration;
import org.memoryqueue.testing.Stores;

/**
 * The time of a run. A tick is long against what a run takes, and every duration that matters is set so that it ends
 * between two ticks, at a distance: so the reference counts ticks, and is never wrong by a moment.
 */
final class Ticks {

    /** A tick. */
    static final Duration ONE = Duration.ofSeconds(150);

    /** A lease that was not renewed for so long has run out: 2.5 ticks. */
    static final int LEASE = 3;

    /** A job that its worker does not know of may be handed back so long after it was leased: 1.7 ticks. */
    static final int DISOWNED = 2;

    /** The first delay of a job: 0.7 to 0.8 ticks. */
    static final int FIRST_DELAY = 1;

    /** The delays that follow: 1.3 to 1.6 ticks. */
    static final int LATER_DELAYS = 2;

    /** The delay that a server asks for. */
    static final Duration ASKED = Duration.ofSeconds(330);

    /** That delay: 2.2 to 2.7 ticks. */
    static final int ASKED_DELAY = 3;

    /** Whoever waits for an outage longer than that gives up: 6.7 ticks. */
    static final int GIVE_UP = 7;

    /** Postgres must have been there for so long before a lease counts as lost: 0.8 ticks. */
    static final int AVAILABLE = 1;

    /** A finished job may go after 576.5 ticks, a day. */
    static final int FINISHED = 577;

    /** A failed job of whose session nothing is remembered may go after 17,280.5 ticks, 30 days. */
    static final int UNREMEMBERED = 17_281;

    private Ticks() {}

    /** Stores with these durations. */
    static Stores stores() {
        return new Stores()
                .with("memory.group-commit.linger", "1ms")
                .with("memory.lease.duration", "375s")
                .with("memory.outage.first-delay", "100s")
                .with("memory.outage.max-delay", "200s")
                .with("memory.outage.give-up-after", "1000s")
                .with("memory.outage.give-up-after-tries", "1")
                .with("memory.retention.at-least", "3675s")
                .with("memory.retention.finished", "86475s")
                .with("memory.retention.unremembered", "2592075s");
    }
}
