package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.profile.Mastery.Standing;

class MasteryTest {

    @ParameterizedTest(name = "{0} alone, {1} with help, {2} wrong")
    @CsvSource({
        // One right answer shows something, but not mastery.
        "0, 0, 0,  50, IN_PROGRESS",
        "1, 0, 0,  67, IN_PROGRESS",
        "2, 0, 0,  75, MASTERED",
        "0, 0, 1,  33, STRUGGLING",
        "1, 0, 1,  50, IN_PROGRESS",
        "6, 0, 2,  70, MASTERED",
        "20, 0, 9, 68, IN_PROGRESS",
        "1, 0, 2,  40, STRUGGLING",
        "6, 0, 9,  41, IN_PROGRESS",
        // What was told is never mastered.
        "0, 1, 0,  50, IN_PROGRESS",
        "0, 1000, 0, 50, IN_PROGRESS",
        "1, 1, 0,  63, IN_PROGRESS",
        "1000000000000, 0, 0, 100, MASTERED",
        "0, 0, 1000000000000, 0, STRUGGLING"
    })
    void hasALevelAndAStanding(long alone, long withHelp, long wrong, int level, Standing standing) {
        TopicStatistics topic = new TopicStatistics(alone, withHelp, wrong, Instant.EPOCH);
        assertThat(Mastery.level(topic)).isEqualTo(level);
        assertThat(Mastery.standing(topic)).isEqualTo(standing);
    }
}
