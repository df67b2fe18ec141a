package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.profile.Mastery.Standing;

class MasteryTest {

    private static final double ROUNDING = 1e-12;
    private static final LocalDate TODAY = LocalDate.of(2026, 9, 7);

    @ParameterizedTest(name = "today {0} alone, {1} with help, {2} wrong")
    @CsvSource({
        "0, 0, 0, 50, 29, IN_PROGRESS",
        // One right answer shows something, and two more, but only three show mastery.
        "1, 0, 0, 67, 24, IN_PROGRESS",
        "2, 0, 0, 75, 19, IN_PROGRESS",
        "3, 0, 0, 80, 16, MASTERED",
        "6, 0, 1, 78, 13, MASTERED",
        "6, 0, 2, 70, 14, IN_PROGRESS",
        "40, 0, 20, 66, 6, MASTERED",
        "20, 0, 12, 62, 8, IN_PROGRESS",
        "0, 0, 1, 33, 24, STRUGGLING",
        "1, 0, 1, 50, 22, IN_PROGRESS",
        "1, 0, 2, 40, 20, STRUGGLING",
        "6, 0, 9, 41, 12, IN_PROGRESS",
        // What was told is never mastered.
        "0, 1, 0, 50, 25, IN_PROGRESS",
        "0, 1000, 0, 50, 2, IN_PROGRESS",
        "3, 1, 0, 75, 16, IN_PROGRESS",
        "2000000000, 0, 0, 100, 0, MASTERED",
        "0, 0, 2000000000, 0, 0, STRUGGLING"
    })
    void hasALevelAnUncertaintyAndAStanding(
            int alone, int withHelp, int wrong, int level, int uncertainty, Standing standing) {
        Mastery mastery = Mastery.of(answers(alone, withHelp, wrong, TODAY), TODAY);

        assertThat(mastery.level()).isEqualTo(level);
        assertThat(mastery.uncertainty()).isEqualTo(uncertainty);
        assertThat(mastery.standing()).isEqualTo(standing);
    }

    @ParameterizedTest(name = "{1} alone, {2} wrong, {0} days ago")
    @CsvSource({
        "60, 6, 0, 80, 16, MASTERED",
        "120, 6, 0, 71, 21, IN_PROGRESS",
        "600, 6, 0, 50, 29, IN_PROGRESS",
        "7, 3, 0, 79, 17, MASTERED",
        "60, 3, 0, 71, 21, IN_PROGRESS",
        // Waiting makes nobody better, and a struggle of long ago is none of today.
        "7, 0, 1, 33, 24, STRUGGLING",
        "14, 0, 1, 33, 24, IN_PROGRESS",
        "60, 0, 3, 20, 21, STRUGGLING",
        "600, 0, 3, 20, 29, IN_PROGRESS"
    })
    void fadesWithTheDaysSincePractice(int days, int alone, int wrong, int level, int uncertainty, Standing standing) {
        Mastery mastery = Mastery.of(answers(alone, 0, wrong, TODAY.minusDays(days)), TODAY);

        assertThat(mastery.level()).isEqualTo(level);
        assertThat(mastery.uncertainty()).isEqualTo(uncertainty);
        assertThat(mastery.standing()).isEqualTo(standing);
    }

    @Test
    void believesTheLatestAnswersMoreThanOlderOnes() {
        LocalDate before = TODAY.minusDays(120);
        Mastery improved = Mastery.of(answers(0, 0, 4, before).plus(answers(4, 0, 0, TODAY)), TODAY);
        Mastery worsened = Mastery.of(answers(4, 0, 0, before).plus(answers(0, 0, 4, TODAY)), TODAY);

        assertThat(improved.level()).isEqualTo(71);
        assertThat(worsened.level()).isEqualTo(29);
        assertThat(worsened.standing()).isEqualTo(Standing.STRUGGLING);
    }

    @Test
    void neverRisesByMereWaiting() {
        for (int wrong = 0; wrong < 6; wrong++) {
            TopicStatistics topic = answers(3, 1, wrong, TODAY);
            for (int days = 1; days < 400; days++) {
                Mastery earlier = Mastery.of(topic, TODAY.plusDays(days - 1));
                Mastery later = Mastery.of(topic, TODAY.plusDays(days));
                assertThat(later.mean()).isLessThanOrEqualTo(earlier.mean() + ROUNDING);
                assertThat(later.deviation()).isGreaterThan(earlier.deviation());
            }
        }
    }

    @Test
    void isTheSameAllDayLongAndOnADayThatIsNotYet() {
        TopicStatistics late = topic(3, 0, 0, Instant.parse("2026-09-07T23:59:59.999999Z"));
        TopicStatistics early = topic(3, 0, 0, Instant.parse("2026-09-07T00:00:00Z"));

        assertThat(Mastery.of(late, TODAY)).isEqualTo(Mastery.of(early, TODAY));
        assertThat(Mastery.of(late, TODAY.minusDays(3))).isEqualTo(Mastery.of(late, TODAY));
    }

    @Test
    void takesDatesThatAreNone() {
        assertThat(Mastery.of(topic(3, 0, 0, Instant.EPOCH), TODAY).level()).isEqualTo(50);
        assertThat(Mastery.of(topic(3, 0, 0, Instant.parse("9999-12-31T00:00:00Z")), TODAY)
                        .level())
                .isEqualTo(80);
    }

    private static TopicStatistics answers(int alone, int withHelp, int wrong, LocalDate day) {
        return topic(alone, withHelp, wrong, day.atTime(10, 0).toInstant(ZoneOffset.UTC));
    }

    private static TopicStatistics topic(int alone, int withHelp, int wrong, Instant at) {
        return TopicStatistics.of(new Observation("fraction", alone, withHelp, wrong), at);
    }
}
