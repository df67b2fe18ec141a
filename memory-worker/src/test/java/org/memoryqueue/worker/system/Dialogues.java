package org.memoryqueue.worker.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Sessions to hand in: the real dialogues beside the project where they are, else some of our own. */
final class Dialogues {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REAL =
            Path.of(System.getProperty("memory.shared", "../../shared"), "dialogues", "mathdial-dev.jsonl");
    private static final int OWN = 273;
    private static final Instant FIRST_START = Instant.parse("2026-01-05T08:00:00Z");

    /** Neighbours share a student, so that their completions meet in one profile. */
    private static final int SESSIONS_OF_A_STUDENT = 3;

    private static final List<JsonNode> ALL = read();

    private Dialogues() {}

    /** How many different dialogues there are. */
    static int count() {
        return ALL.size();
    }

    /** The session of that number, from 0, of students whose ids start so; with a real dialogue. */
    static JsonNode session(String students, int number) {
        return session(students, number, ALL.get(number % ALL.size()));
    }

    /** The same with four short messages. */
    static JsonNode shortSession(String students, int number) {
        return session(students, number, own(number % OWN));
    }

    /** The same session with a word in its first message, by which a model server may know it. */
    static JsonNode marked(JsonNode session, String word) {
        ObjectNode marked = session.deepCopy();
        ObjectNode first = (ObjectNode) marked.get("messages").get(0);
        first.put("content", word + " " + first.get("content").asText());
        return marked;
    }

    /** A later session of a student. */
    static JsonNode laterSession(String student, int number) {
        return session(student, FIRST_START.plusSeconds(86_400L * (1 + number)), ALL.get(number % ALL.size()));
    }

    private static JsonNode session(String students, int number, JsonNode messages) {
        return session(
                students + number / SESSIONS_OF_A_STUDENT,
                FIRST_START.plusSeconds(3600L * (number % SESSIONS_OF_A_STUDENT)),
                messages);
    }

    private static JsonNode session(String student, Instant start, JsonNode messages) {
        return JSON.createObjectNode()
                .put("studentId", student)
                .put("chatbotId", "tutor")
                .put("roomId", "room")
                .put("sessionStartTime", start.toString())
                .set("messages", messages);
    }

    private static List<JsonNode> read() {
        if (!Files.exists(REAL)) {
            return IntStream.range(0, OWN).<JsonNode>mapToObj(Dialogues::own).toList();
        }
        try {
            List<JsonNode> dialogues = new ArrayList<>();
            for (String line : Files.readAllLines(REAL)) {
                dialogues.add(JSON.readTree(line).get("messages"));
            }
            return dialogues;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
