package org.memoryqueue.profile;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.memoryqueue.memory.Preference.Kind;
import org.memoryqueue.memory.Preference.Wish;

/** What a student prefers, from the numbers of sessions in which they asked for it. */
final class Preferences {

    /** In fewer sessions than this it is a mood. */
    static final int LEAST_SESSIONS = 3;

    private Preferences() {}

    /**
     * The wish that at least {@value #LEAST_SESSIONS} sessions agree on, and at least two thirds of all wishes of its kind;
     * empty when there is none.
     *
     * @param sessions in how many sessions each was asked for, by its word
     */
    static Optional<String> clear(SortedMap<String, Long> sessions, Kind kind) {
        long all = sessions.entrySet().stream()
                .filter(wish -> is(wish, kind))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return sessions.entrySet().stream()
                .filter(wish -> is(wish, kind))
                .max(Comparator.comparing(Map.Entry::getValue))
                .filter(wish -> wish.getValue() >= LEAST_SESSIONS && 3 * wish.getValue() >= 2 * all)
                .map(Map.Entry::getKey);
    }

    private static boolean is(Map.Entry<String, Long> wish, Kind kind) {
        return Wish.ofWord(wish.getKey()).filter(of -> of.kind() == kind).isPresent();
    }
}
