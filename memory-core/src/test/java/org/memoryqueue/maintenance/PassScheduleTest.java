package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.job.Priority.HIGH;
import static org.memoryqueue.job.Priority.LOW;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.memoryqueue.maintenance.PassSchedule.Look;

class PassScheduleTest {

    private static final Look FORGOTTEN = new Look(false, Map.of(), Map.of());
    private static final Look EMPTY = new Look(true, Map.of(), Map.of());
    private static final Look FITTING = look(2, 2);
    private static final Look SHORT = look(2, 1);
    private static final Look SURPLUS = look(2, 3);

    private final PassSchedule schedule = new PassSchedule(Duration.ofSeconds(60));
    private long now = Long.MAX_VALUE - 1;

    @Test
    void beginsWithAPassAndRepeatsItWheneverRedisHasForgotten() {
        assertThat(isDue(FORGOTTEN)).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(isDue(FORGOTTEN)).isTrue();
    }

    @Test
    void doesNotRepeatAPassThatFailedAtOnce() {
        long began = now;
        later(Duration.ofSeconds(30));
        schedule.ended(false, began, now);
        later(Duration.ofMillis(4_999));
        assertThat(isDue(FORGOTTEN)).isFalse();
        later(Duration.ofMillis(1));
        assertThat(isDue(FORGOTTEN)).isTrue();
    }

    @Test
    void takesADifferenceSeriouslyThatTwoLooksSaw() {
        pass(Duration.ofMillis(1));
        later(Duration.ofSeconds(5));
        assertThat(isDue(SHORT)).isFalse();
        assertThat(isDue(SURPLUS)).isFalse();
        assertThat(isDue(FITTING)).isFalse();
        assertThat(isDue(SURPLUS)).isFalse();
        assertThat(isDue(look(1, 3))).isTrue();
        assertThat(isDue(SHORT)).isFalse();
        assertThat(isDue(SHORT)).isTrue();
    }

    @Test
    void isNotDeceivedByAMissingAndASurplusEntryInTwoStreams() {
        pass(Duration.ofMillis(1));
        later(Duration.ofSeconds(5));
        Look crossed = new Look(true, Map.of(HIGH, 1L, LOW, 1L), Map.of(HIGH, 2L, LOW, 0L));
        assertThat(isDue(crossed)).isFalse();
        assertThat(isDue(crossed)).isTrue();
    }

    @Test
    void keepsPassesApartThatDifferencesAskFor() {
        pass(Duration.ofMillis(1));
        later(Duration.ofMillis(4_990));
        isDue(SHORT);
        assertThat(isDue(SHORT)).isFalse();
        later(Duration.ofMillis(10));
        assertThat(isDue(SHORT)).isTrue();

        pass(Duration.ofSeconds(3));
        later(Duration.ofSeconds(14));
        assertThat(isDue(SHORT)).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(isDue(SHORT)).isTrue();
    }

    @Test
    void looksAtEverythingNowAndThenUnlessThereIsNothing() {
        pass(Duration.ofMillis(1));
        later(Duration.ofSeconds(59));
        assertThat(isDue(FITTING)).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(isDue(EMPTY)).isFalse();
        assertThat(isDue(FITTING)).isTrue();
        pass(Duration.ofSeconds(20));
        later(Duration.ofSeconds(99));
        assertThat(isDue(FITTING)).isFalse();
        later(Duration.ofSeconds(1));
        assertThat(isDue(FITTING)).isTrue();
    }

    private static Look look(long belong, long entries) {
        return new Look(true, Map.of(HIGH, belong), Map.of(HIGH, entries));
    }

    private boolean isDue(Look look) {
        return schedule.isDue(look, now);
    }

    private void pass(Duration duration) {
        long began = now;
        later(duration);
        schedule.ended(true, began, now);
    }

    private void later(Duration by) {
        now += by.toNanos();
    }
}
