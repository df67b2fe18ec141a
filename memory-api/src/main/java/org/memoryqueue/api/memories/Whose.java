package org.memoryqueue.api.memories;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.ProblemException;

/** Reads the parameters of a request that say whose data it is about. */
final class Whose {

    private Whose() {}

    /** A parameter that must be there. */
    static String required(String field, @Nullable String value, String error) {
        return optional(field, value).orElseThrow(() -> ProblemException.badRequest(error, field, "is required"));
    }

    /** A parameter that may be left out. */
    static Optional<String> optional(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        if (value.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("Invalid request", field, "must not hold NUL");
        }
        return Optional.of(value);
    }

    /** A number within bounds, or what stands for it when it is left out. */
    static int number(String field, @Nullable String text, int fallback, int min, int max) {
        if (text == null || text.isBlank()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of bounds.
        }
        throw ProblemException.badRequest("Invalid request", field, "must be a number from " + min + " to " + max);
    }
}
