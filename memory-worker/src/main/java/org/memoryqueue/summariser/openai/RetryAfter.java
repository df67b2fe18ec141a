package org.memoryqueue.summariser.openai;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {

    /** No server may send the work away for longer than this at a time. */
    static final Duration MOST = Duration.ofHours(1);

    private RetryAfter() {}

    /**
     * How long to wait, from nothing to {@link #MOST}.
     *
     * @param value the header, null when there was none
     * @param date the header {@code Date} of the same response, null when there was none: a date is meant on the
     *     server's clock, which may not be ours
     * @return empty when there was no such header, or none that can be read
     */
    static Optional<Duration> parse(@Nullable String value, @Nullable String date) {
        if (value == null) {
            return Optional.empty();
        }
        String text = value.strip();
        if (text.matches("\\d+")) {
            // Whatever has more digits than that is beyond an hour.
            return Optional.of(text.length() > 9 ? MOST : clamp(Duration.ofSeconds(Long.parseLong(text))));
        }
        Instant now = instant(date).orElseGet(Instant::now);
        return instant(text).map(until -> clamp(Duration.between(now, until)));
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return text == null
                    ? Optional.empty()
                    : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration clamp(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }
}
