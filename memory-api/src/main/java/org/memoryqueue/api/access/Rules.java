package org.memoryqueue.api.access;

import static org.memoryqueue.api.access.Role.ADMIN;
import static org.memoryqueue.api.access.Role.SERVICE;
import static org.memoryqueue.api.access.Role.STUDENT;
import static org.memoryqueue.api.access.Role.TEACHER;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What each role may do. A resource method names what it is; one that names nothing is refused to everybody. */
public final class Rules {

    /** Students and teachers for themselves. */
    public static final String HAND_IN = "hand-in";
    /** The jobs and memories of students: their own, and for teachers those of their rooms. */
    public static final String READ = "read";
    /** All that is held on a student, at once. */
    public static final String EXPORT = "export";

    /** Memories of students in the caller's rooms. */
    public static final String CORRECT = "correct";

    /** For good. */
    public static final String ERASE = "erase";

    /** The counts of the queue. */
    public static final String READ_QUEUE_STATUS = "read-queue-status";
    /** All that operators do. */
    public static final String OPERATE = "operate";

    private static final Map<String, Set<Role>> ALLOWED = Map.of(
            HAND_IN, Set.of(STUDENT, TEACHER, SERVICE, ADMIN),
            READ, Set.of(STUDENT, TEACHER, SERVICE, ADMIN),
            EXPORT, Set.of(STUDENT, TEACHER, SERVICE, ADMIN),
            CORRECT, Set.of(TEACHER, ADMIN),
            ERASE, Set.of(SERVICE, ADMIN),
            READ_QUEUE_STATUS, Set.of(TEACHER, ADMIN),
            OPERATE, Set.of(ADMIN));

    private Rules() {}

    static Set<String> permissions(Role role) {
        return ALLOWED.entrySet().stream()
                .filter(rule -> rule.getValue().contains(role))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
