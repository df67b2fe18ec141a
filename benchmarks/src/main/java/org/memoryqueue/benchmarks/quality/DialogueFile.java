package org.memoryqueue.benchmarks.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** Reads labelled dialogues: a JSON object a line, with {@code id, problem, messages, label}. */
final class DialogueFile {

    private static final Session SESSION = new Session("student", "bot", "room", Instant.EPOCH);

    private DialogueFile() {}

    /**
     * Reads all.
     *
     * @throws NoSuchFileException when there is nothing to read: to measure nothing is no success
     */
    static List<LabelledDialogue> read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new NoSuchFileException(
                    file.toString(), null, "no labelled dialogues there; say where they are by -Ddialogues=<file>");
        }
        ObjectMapper json = new ObjectMapper();
        List<LabelledDialogue> dialogues = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            dialogues.add(dialogue(json.readTree(line)));
        }
        return List.copyOf(dialogues);
    }

    private static LabelledDialogue dialogue(JsonNode node) {
        List<Message> messages = new ArrayList<>();
        for (JsonNode message : node.get("messages")) {
            messages.add(new Message(
                    message.get("role").asText(), message.get("content").asText()));
        }
        JsonNode label = node.get("label");
        String outcome = label.get("outcome").asText();
        return new LabelledDialogue(
                node.get("id").asText(),
                node.get("problem").asText(),
                new Transcript(SESSION, messages),
                LabelledDialogue.Ending.valueOf(outcome.toUpperCase(Locale.ROOT)),
                label.get("confusion").asText());
    }
}
