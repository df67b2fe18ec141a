package org.memoryqueue.local.token;

import java.time.Duration;
import java.util.List;

/**
 * What a token says.
 *
 * @param subject the user
 * @param role student, teacher, admin or service
 * @param rooms the rooms of a teacher
 * @param validity from now on
 */
public record Grant(String subject, String role, List<String> rooms, Duration validity) {

    /** As long as the tokens of a local run live, unless asked for otherwise. */
    public static final Duration USUAL_VALIDITY = Duration.ofDays(30);

    public Grant {
        rooms = List.copyOf(rooms);
    }

    /** A token without rooms, of the usual validity. */
    public static Grant of(String role, String subject) {
        return new Grant(subject, role, List.of(), USUAL_VALIDITY);
    }

    /** The same for a teacher of these rooms. */
    public Grant teaching(List<String> names) {
        return new Grant(subject, role, names, validity);
    }
}
