package org.memoryqueue.worker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.job.Priority;

class WeightedTurnsTest {

    private final WeightedTurns turns = new WeightedTurns();

    @Test
    void dealsTwelveTurnsByWeight() {
        assertThat(turns.deal(12)).isEqualTo(Map.of(Priority.HIGH, 8, Priority.NORMAL, 3, Priority.LOW, 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 7})
    void keepsTheWeightsWhateverTheNumberOfSlots(int slots) {
        Map<Priority, Integer> sum = new EnumMap<>(Priority.class);
        for (int i = 0; i < 12; i++) {
            turns.deal(slots).forEach((priority, share) -> sum.merge(priority, share, Integer::sum));
        }

        assertThat(sum).isEqualTo(Map.of(Priority.HIGH, 8 * slots, Priority.NORMAL, 3 * slots, Priority.LOW, slots));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 10, 100})
    void dealsOutAllSlots(int slots) {
        assertThat(turns.deal(slots).values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(slots);
    }

    @Test
    void servesTheMostUrgentFirst() {
        assertThat(turns.deal(1)).isEqualTo(Map.of(Priority.HIGH, 1));
    }
}
