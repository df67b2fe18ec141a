package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.memoryqueue.summariser.extractive.SummaryAssertions.assertSound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Summary;

/** Runs over the tutoring dialogues that lie beside the project where there are any; skipped elsewhere. */
class SharedDialoguesTest {

    private static final Path DIALOGUES =
            Path.of(System.getProperty("memory.shared", "../../shared"), "dialogues", "mathdial-dev.jsonl");

    private final List<Dialogue> dialogues = new ArrayList<>();
    private final List<Boolean> solved = new ArrayList<>();

    @BeforeEach
    void read() throws IOException {
        assumeTrue(Files.isReadable(DIALOGUES), "no shared dialogues");
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(DIALOGUES)) {
            JsonNode node = json.readTree(line);
            Dialogue dialogue = new Dialogue();
            node.get("messages")
                    .forEach(message -> dialogue.says(
                            message.get("role").asText(), message.get("content").asText()));
            dialogues.add(dialogue);
            solved.add(node.at("/label/outcome").asText().equals("solved"));
        }
    }

    @Test
    void everySummaryIsSound() {
        assertThat(dialogues).allSatisfy(dialogue -> assertSound(dialogue.transcript(), dialogue.summary()));
    }

    @Test
    void everySummaryIsTheSameASecondTime() {
        List<Summary> first = dialogues.stream().map(Dialogue::summary).toList();

        assertThat(dialogues.stream().map(Dialogue::summary)).containsExactlyElementsOf(first);
    }

    @Test
    void solvedTasksGetTheHigherProbability() {
        List<Double> ofSolved = new ArrayList<>();
        List<Double> ofOthers = new ArrayList<>();
        for (int i = 0; i < dialogues.size(); i++) {
            Double probability = dialogues.get(i).summary().assessment().solvedUnaided();
            if (probability != null) {
                (solved.get(i) ? ofSolved : ofOthers).add(probability);
            }
        }

        assertThat(areaUnderCurve(ofSolved, ofOthers)).isGreaterThan(0.85);
    }

    /** The share of pairs, of a solved task and another, that are ranked rightly; a tie is half right. */
    private static double areaUnderCurve(List<Double> positives, List<Double> negatives) {
        double right = 0;
        for (double positive : positives) {
            for (double negative : negatives) {
                right += positive > negative ? 1 : positive == negative ? 0.5 : 0;
            }
        }
        return right / positives.size() / negatives.size();
    }
}
