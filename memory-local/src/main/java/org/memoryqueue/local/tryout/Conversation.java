package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A tutoring session that ships with the project.
 *
 * @param minutes how long it took
 * @param messages as they are handed in
 */
record Conversation(String title, String roomId, int minutes, List<JsonNode> messages) {
    static final String STUDENT = "demo-student";
    static final String CHATBOT = "tutor";

    private static final List<String> NAMES = List.of("fractions", "photosynthesis", "equations");
    private static final ObjectMapper JSON = new ObjectMapper();

    Conversation {
        messages = List.copyOf(messages);
    }

    static List<Conversation> all() throws IOException {
        List<Conversation> all = new ArrayList<>();
        for (String name : NAMES) {
            all.add(read("/conversations/" + name + ".json"));
        }
        return all;
    }

    private static Conversation read(String resource) throws IOException {
        try (InputStream stream = Conversation.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new FileNotFoundException(resource);
            }
            return JSON.readValue(stream, Conversation.class);
        }
    }

    /** The body that hands it in as a session that has just ended, so a new one each time. */
    ObjectNode endedAt(Instant end) {
        ObjectNode body = JSON.createObjectNode();
        body.put("studentId", STUDENT).put("chatbotId", CHATBOT).put("roomId", roomId);
        body.putArray("messages").addAll(messages);
        body.put("sessionStartTime", end.minus(Duration.ofMinutes(minutes)).toString());
        return body;
    }
}
