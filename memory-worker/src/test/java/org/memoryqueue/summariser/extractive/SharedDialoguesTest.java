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
}
