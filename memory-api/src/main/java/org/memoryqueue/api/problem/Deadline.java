package org.memoryqueue.api.problem;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** The longest that a caller waits: a store that is a black hole is answered for with 503. */
public final class Deadline {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private Deadline() {}

    /** Fails when there is no item in time. */
    public static <T> Uni<T> within(Uni<T> answer) {
        return answer.ifNoItem().after(LIMIT).fail();
    }
}
