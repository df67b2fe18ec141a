package org.memoryqueue.memory;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The place after a memory in the order of newest first. */
public record Cursor(OffsetDateTime createdAt, UUID id) {

    /** The opaque form in which it travels. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + " " + id).getBytes(StandardCharsets.UTF_8));
    }

    /** Reads the form of {@link #text()}; empty when it is not one. */
    public static Optional<Cursor> parse(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", 2);
            return parts.length == 2
                    ? Optional.of(new Cursor(OffsetDateTime.parse(parts[0]), UUID.fromString(parts[1])))
                            .filter(Cursor::isStorable)
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Java's calendar reaches further than Postgres', and a moment beyond that would fail as an error of the server. */
    private boolean isStorable() {
        return createdAt.getYear() >= 1 && createdAt.getYear() <= 9999;
    }
}
