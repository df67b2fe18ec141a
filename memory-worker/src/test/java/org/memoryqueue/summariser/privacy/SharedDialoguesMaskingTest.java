package org.memoryqueue.summariser.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Real lessons, where there are any beside the project: they hold many numbers, and nothing personal. */
class SharedDialoguesMaskingTest {

    private static final Path DIALOGUES =
            Path.of(System.getProperty("memory.shared", "../../shared"), "dialogues", "mathdial-dev.jsonl");

    @Test
    void holdNothingThatIsMasked() throws IOException {
        assumeTrue(Files.isReadable(DIALOGUES), "no shared dialogues");
        PersonalData data = new PersonalData(List.of());
        ObjectMapper json = new ObjectMapper();
        List<Span> found = new ArrayList<>();
        int messages = 0;
        for (String line : Files.readAllLines(DIALOGUES)) {
            JsonNode dialogue = json.readTree(line);
            found.addAll(data.in(dialogue.get("problem").asText()));
            for (JsonNode message : dialogue.get("messages")) {
                found.addAll(data.in(message.get("content").asText()));
                messages++;
            }
        }

        System.out.printf("Masking, shared dialogues: %d messages, %d spans masked%n", messages, found.size());
        assertThat(found).isEmpty();
    }
}
