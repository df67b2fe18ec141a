package org.memoryqueue.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"2026-09-01T08:00:00Z", "2026-09-01T08:00:00.123456Z", "2026-09-01T10:00:01.1+02:00"})
    void isReadAsItWasWritten(String createdAt) {
        Cursor cursor = new Cursor(OffsetDateTime.parse(createdAt), UUID.randomUUID());
        assertThat(Cursor.parse(cursor.text())).contains(cursor);
        assertThat(cursor.text()).matches("[A-Za-z0-9_-]+");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "not base64!",
                "bm9uc2Vuc2U",
                "MjAyNi0wOS0wMVQwODowMDowMFo",
                "2026-09-01T08:00:00Z 00000000-0000-0000-0000-000000000000"
            })
    void isRefusedWhenItIsNone(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }

    /** Postgres has no such moments, so they would fail later, as an error of the server. */
    @ParameterizedTest
    @ValueSource(
            strings = {"+999999999-12-31T23:59:59-18:00", "-999999999-01-01T00:00:00+18:00", "+294277-01-01T00:00:00Z"})
    void isRefusedBeyondTheCalendarOfPostgres(String createdAt) {
        String text = createdAt + " 00000000-0000-0000-0000-000000000000";
        assertThat(Cursor.parse(Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .isEmpty();
    }
}
