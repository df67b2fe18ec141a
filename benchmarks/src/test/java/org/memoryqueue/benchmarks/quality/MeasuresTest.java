package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.memory.Assessment.Outcome;

class MeasuresTest {

    private static Prediction prediction(double probability, boolean solved) {
        LabelledDialogue dialogue = Dialogues.dialogue("a sum", solved ? Ending.SOLVED : Ending.UNSOLVED, "", "Hello");
        return new Prediction(dialogue, 0, probability, probability >= 0.5, Outcome.UNKNOWN);
    }

    @Test
    void ranksPairsAndHalvesTies() {
        assertThat(Measures.areaUnderCurve(
                        List.of(prediction(0.9, true), prediction(0.5, true), prediction(0.5, false))))
                .isEqualTo(0.75);
    }

    @Test
    void weighsBothClassesAlike() {
        assertThat(Measures.balancedAccuracy(
                        List.of(
                                prediction(0.9, true),
                                prediction(0.8, true),
                                prediction(0.7, true),
                                prediction(0.6, false)),
                        Prediction::positive))
                .isEqualTo(0.5);
    }

    @Test
    void measuresTheDistanceOfPredictedFromObserved() {
        List<Prediction> predictions = List.of(prediction(0.75, true), prediction(0.75, false), prediction(1, true));

        assertThat(Measures.calibrationError(predictions, 10)).isCloseTo(0.25 * 2 / 3, within(1e-9));
        assertThat(Measures.reliability(predictions, 10))
                .extracting(Measures.Bin::count)
                .containsExactly(2, 1);
    }
}
