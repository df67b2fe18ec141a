package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final String NOW = "Tue, 24 Nov 2026 07:00:00 GMT";

    @Test
    void readsSeconds() {
        assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("0", null)).contains(Duration.ZERO);
    }

    @Test
    void readsADateOnTheClockOfTheServer() {
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 07:01:30 GMT", NOW)).contains(Duration.ofSeconds(90));
    }

    @Test
    void takesItsOwnClockWhenTheServerShowsNone() {
        assertThat(RetryAfter.parse("Tue, 01 Jan 2999 00:00:00 GMT", null)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.parse("Tue, 01 Jan 2999 00:00:00 GMT", "yesterday"))
                .contains(Duration.ofHours(1));
    }

    @Test
    void waitsAnHourAtMostAndNothingForWhatIsOver() {
        assertThat(RetryAfter.parse("86400", NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.parse("9".repeat(400), NOW)).contains(Duration.ofHours(1));
        assertThat(RetryAfter.parse("Tue, 24 Nov 2026 06:00:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Tue, 99 Nov 2026 07:00:00 GMT"})
    void ignoresWhatIsNeither(String value) {
        assertThat(RetryAfter.parse(value, NOW)).isEmpty();
    }

    @Test
    void isEmptyWithoutTheHeader() {
        assertThat(RetryAfter.parse(null, NOW)).isEmpty();
    }
}
