package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.operator.JobFilter;
import org.memoryqueue.status.ShownState;

/**
 * A filter of jobs as a caller writes it, in parameters or in a body. What is left out or blank does not narrow it.
 *
 * @param unknown fields that are no part of a filter: one that is misspelt must not widen it
 */
public record JobQuery(
        @Nullable String state,
        @Nullable String priority,
        @Nullable String studentId,
        @Nullable String roomId,
        @Nullable String from,
        @Nullable String to,
        @Nullable String errorCode,
        @JsonAnySetter @Nullable Map<String, Object> unknown) {

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** Reads the filter, or ends the request with a problem that names the field. */
    JobFilter filter() {
        if (unknown != null && !unknown.isEmpty()) {
            throw wrong(unknown.keySet().iterator().next(), "is not a part of a filter");
        }
        return new JobFilter(
                word("state", state, ShownState.values(), ShownState::word),
                word("priority", priority, Priority.values(), Priority::word),
                identifier("studentId", studentId),
                identifier("roomId", roomId),
                time("from", from),
                time("to", to),
                word("errorCode", errorCode, ErrorCode.values(), ErrorCode::word));
    }

    private static <T> @Nullable T word(String field, @Nullable String text, T[] values, Function<T, String> spelling) {
        return given(text)
                .map(word -> Stream.of(values)
                        .filter(value -> spelling.apply(value).equals(word))
                        .findFirst()
                        .orElseThrow(() -> wrong(
                                field,
                                "must be one of "
                                        + Arrays.stream(values).map(spelling).collect(Collectors.joining(", ")))))
                .orElse(null);
    }

    private static @Nullable String identifier(String field, @Nullable String text) {
        return given(text)
                .map(id -> {
                    if (!IDENTIFIER.matcher(id).matches()) {
                        throw wrong(field, "must be 1 to 128 letters, digits, underscores or hyphens");
                    }
                    return id;
                })
                .orElse(null);
    }

    /** Java's calendar reaches further than Postgres', and a moment beyond that would fail as an error of the server. */
    private static @Nullable OffsetDateTime time(String field, @Nullable String text) {
        return given(text)
                .map(time -> {
                    try {
                        OffsetDateTime parsed = OffsetDateTime.parse(time);
                        if (parsed.getYear() >= 1 && parsed.getYear() <= 9999) {
                            return parsed;
                        }
                    } catch (DateTimeException e) {
                        // Answered below, like a time out of bounds.
                    }
                    throw wrong(field, "must be an ISO 8601 time with offset");
                })
                .orElse(null);
    }

    private static Optional<String> given(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    private static ProblemException wrong(String field, String rule) {
        return ProblemException.badRequest("Invalid request", field, rule);
    }
}
