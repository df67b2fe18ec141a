package org.memoryqueue.api.admin;

import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.ProblemException;

/**
 * Which part of a list is asked for.
 *
 * @param after the id after which it starts, null for the beginning
 * @param limit the most entries
 */
record Paging(@Nullable Long after, int limit) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    /** Reads the parameters of a request. */
    static Paging of(@Nullable String cursor, @Nullable String limit) {
        return new Paging(
                cursor == null || cursor.isBlank()
                        ? null
                        : number("cursor", cursor, Long.MAX_VALUE, "must be one that was handed out"),
                limit == null || limit.isBlank()
                        ? DEFAULT_LIMIT
                        : (int) number("limit", limit, MAX_LIMIT, "must be a number from 1 to " + MAX_LIMIT));
    }

    private static long number(String field, String text, long max, String rule) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of bounds.
        }
        throw ProblemException.badRequest("Invalid request", field, rule);
    }
}
