package org.memoryqueue.worker.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sessions to hand in: the real dialogues beside the project where they are, else some of our own. */
final class Dialogues {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL =
            Path.of(System.getProperty("memory.shared", "../../shared"), "dialogues", "mathdial-dev.jsonl");
    private static final int OWN = 273;

    private Dialogues() {}

    /** A session of a student of its own for each dialogue, as many times as told; ids start as given. */
    static List<JsonNode> sessions(String students, int times) throws IOException {
        List<JsonNode> dialogues = dialogues();
        List<JsonNode> sessions = new ArrayList<>();
        for (int time = 0; time < times; time++) {
            for (int i = 0; i < dialogues.size(); i++) {
                sessions.add(JSON.createObjectNode()
                        .put("studentId", students + time + "-" + i)
                        .put("chatbotId", "tutor")
                        .put("roomId", "room-" + i % 7)
                        .put("sessionStartTime", "2026-11-02T08:00:00Z")
                        .set("messages", dialogues.get(i)));
            }
        }
        return sessions;
    }

    private static List<JsonNode> dialogues() throws IOException {
        if (!Files.exists(REAL)) {
            return IntStream.range(0, OWN).<JsonNode>mapToObj(Dialogues::own).toList();
        }
        List<JsonNode> dialogues = new ArrayList<>();
        for (String line : Files.readAllLines(REAL)) {
            dialogues.add(JSON.readTree(line).get("messages"));
        }
        return dialogues;
    }

    private static JsonNode own(int number) {
        var messages = JSON.createArrayNode();
        messages.add(message("assistant", "What is " + number + " plus " + number + "?"));
        messages.add(message("user", "I think it is " + (2 * number + number % 2) + "."));
        messages.add(message("assistant", number % 2 == 0 ? "Correct, well done!" : "Not quite. Count again."));
        messages.add(message("user", "It is " + 2 * number + "."));
        return messages;
    }

    private static ObjectNode message(String role, String content) {
        return JSON.createObjectNode().put("role", role).put("content", content);
    }
}
