package org.memoryqueue.operator;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A page of a list that runs from the newest to the oldest.
 *
 * @param items at most as many as asked for
 * @param next the id after which the next page starts; empty on the last page
 */
public record Page<T>(List<T> items, Optional<Long> next) {

    /** Cuts what was found, one more than asked for if there are more. */
    static <T> Page<T> of(List<T> found, int limit, ToLongFunction<T> id) {
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(id.applyAsLong(items.getLast())));
    }
}
