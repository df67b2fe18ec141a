package org.memoryqueue.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a golden file writes where it knows only what kind of value there must be, such as {@code <uuid>}. */
enum Placeholder {
    UUID("<uuid>", text("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")),
    /** A text of digits, not a number. */
    DIGITS("<digits>", text("[0-9]+")),
    /** Also a text. */
    PERCENT("<percent>", text("[0-9]{1,3}\\.[0-9]{2}")),
    TEXT("<text>", text("(?s).*\\S.*")),
    TEXT_OR_NULL("<text?>", value -> value.isNull() || value.isTextual()),
    ISO("<iso>", value -> value.isTextual() && isIso(value.asText())),
    /** Epoch milliseconds of this century, which seconds and microseconds are not. */
    MILLISECONDS(
            "<ms>",
            value -> value.isIntegralNumber()
                    && value.asLong() > 946_684_800_000L
                    && value.asLong() < 4_102_444_800_000L),
    PERCENTAGE("<percentage>", value -> value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 100),
    NUMBER("<number>", value -> value.isNumber() && value.asDouble() >= 0);

    private final String spelling;

    @SuppressWarnings("ImmutableEnumChecker") // Each is a lambda that captures at most a text.
    private final Predicate<JsonNode> rule;

    Placeholder(String spelling, Predicate<JsonNode> rule) {
        this.spelling = spelling;
        this.rule = rule;
    }

    /** The placeholder that a value of a golden file is; empty for any other value. */
    static Optional<Placeholder> of(JsonNode value) {
        if (!value.isTextual() || !value.asText().matches("<.*>")) {
            return Optional.empty();
        }
        return Optional.of(Stream.of(values())
                .filter(placeholder -> placeholder.spelling.equals(value.asText()))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("There is no placeholder " + value)));
    }

    boolean allows(JsonNode value) {
        return rule.test(value);
    }

    private static Predicate<JsonNode> text(String regex) {
        return value -> value.isTextual() && value.asText().matches(regex);
    }

    private static boolean isIso(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
