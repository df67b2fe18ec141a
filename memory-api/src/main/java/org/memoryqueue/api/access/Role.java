package org.memoryqueue.api.access;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller is. */
public enum Role {
    STUDENT,
    TEACHER,
    ADMIN,
    /** The chat's own backend, which speaks for any student. */
    SERVICE;

    /** The role of that name; empty for any other word. */
    static Optional<Role> ofWord(String word) {
        return Stream.of(values()).filter(role -> role.word().equals(word)).findAny();
    }

    /** Its name in tokens. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
