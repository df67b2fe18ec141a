package org.memoryqueue.benchmarks.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.summariser.extractive.OutcomeWeights;

class FittingTest {

    private static final Path DIALOGUES =
            Path.of(System.getProperty("memory.shared", "../../shared"), "dialogues", "mathdial-dev.jsonl");
    private static final Path PROJECT = Path.of(System.getProperty("memory.project", ".."));

    @Test
    void learnsFromLabels() {
        List<Prediction> predictions = CrossValidation.run(Dialogues.ofSums(20), 1);

        assertThat(Measures.areaUnderCurve(predictions)).isGreaterThan(0.95);
        assertThat(predictions)
                .filteredOn(Prediction::isSolved)
                .extracting(Prediction::outcome)
                .containsOnly(Outcome.SOLVED);
    }

    @Test
    void countsHowTasksEndThatWereNotSolvedUnaided() {
        OutcomeWeights weights = Fitting.fit(Example.of(Dialogues.ofSums(5)));

        assertThat(weights.threshold()).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(weights.told()).isEqualTo(1);
        assertThat(weights.untold()).isEqualTo(1);
    }

    @Test
    void writesTheSameFileAgain() {
        List<LabelledDialogue> dialogues = Dialogues.ofSums(5);

        assertThat(WeightsFile.text(dialogues)).isEqualTo(WeightsFile.text(dialogues));
    }

    /** Skipped where the dialogues are not at hand; {@code -Pfit-weights} writes the resource anew. */
    @Test
    void shipsWhatTheProgramWrites() throws IOException {
        assumeTrue(Files.isReadable(DIALOGUES), "no shared dialogues");

        assertThat(WeightsFile.text(DialogueFile.read(DIALOGUES)))
                .isEqualTo(Files.readString(PROJECT.resolve(WeightsFile.PATH)));
    }

    @Test
    void judgesDialoguesThatItHasNotSeen() throws IOException {
        assumeTrue(Files.isReadable(DIALOGUES), "no shared dialogues");

        List<Prediction> predictions = CrossValidation.run(DialogueFile.read(DIALOGUES), 1);

        assertThat(Measures.areaUnderCurve(predictions)).isGreaterThan(0.85);
        assertThat(Measures.balancedAccuracy(predictions, Prediction::positive)).isGreaterThan(0.77);
    }
}
