package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration SHORT = Duration.ofSeconds(3);

    @Test
    void doublesFromOneSecondToThirty() {
        Backoff backoff = new Backoff();
        assertThat(Stream.generate(() -> backoff.after(SHORT).toSeconds()).limit(7))
                .containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L);
    }

    @Test
    void beginsAnewAfterAHealthyMinute() {
        Backoff backoff = new Backoff();
        backoff.after(SHORT);
        backoff.after(SHORT);
        assertThat(backoff.after(Duration.ofSeconds(60))).isEqualTo(Duration.ofSeconds(1));
        assertThat(backoff.after(SHORT)).isEqualTo(Duration.ofSeconds(2));
    }
}
