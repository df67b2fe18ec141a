package org.memoryqueue.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;

class SessionTest {

    @Test
    void isTheSameHoweverItsStartIsSpelt() {
        assertThat(session("2026-09-01T10:00:00+02:00"))
                .isEqualTo(session("2026-09-01T08:00:00Z"))
                .isEqualTo(session("2026-09-01T08:00:00.0000009Z"))
                .isNotEqualTo(session("2026-09-01T08:00:00.000001Z"));
    }

    @Test
    void startsWithThePrecisionThatIsStored() {
        assertThat(session("2026-09-01T08:00:00.123456789Z").start())
                .isEqualTo(Instant.parse("2026-09-01T08:00:00.123456Z"));
        assertThat(session("1969-12-31T23:59:59.999999999Z").start())
                .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    private static Session session(String start) {
        return new Session("s", "c", "r", OffsetDateTime.parse(start).toInstant());
    }
}
