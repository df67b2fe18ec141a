package org.memoryqueue.local.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A job of the old queue.
 *
 * @param id within its queue
 * @param data what was queued, as JSON
 * @param timestamp when it was queued, in milliseconds since 1970
 */
record BullJob(String id, String data, String timestamp) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String START = "sessionStartTime";

    /** The session as memory-api takes it; empty when the data is none. */
    Optional<ObjectNode> session() {
        if (!(parsed() instanceof ObjectNode data)) {
            return Optional.empty();
        }
        ObjectNode session = JSON.createObjectNode();
        for (String field : List.of("studentId", "chatbotId", "roomId")) {
            session.set(field, data.get(field));
        }
        session.set("messages", messages(data.path("messages")));
        start(data.path(START)).ifPresent(start -> session.put(START, start));
        return Optional.of(session);
    }

    /** Whether the session's start is not told, so that the moment at which it was queued stands for it. */
    boolean lacksStart() {
        return !parsed().path(START).isTextual() && !parsed().path(START).isNumber();
    }

    private JsonNode parsed() {
        try {
            return JSON.readTree(data);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Without what the old frontend kept beside role and words. */
    private static JsonNode messages(JsonNode old) {
        ArrayNode messages = JSON.createArrayNode();
        for (JsonNode message : old) {
            ObjectNode kept = messages.addObject();
            kept.set("role", message.get("role"));
            kept.set("content", message.get("content"));
        }
        return messages;
    }

    private Optional<String> start(JsonNode told) {
        if (told.isTextual()) {
            return Optional.of(told.asText());
        }
        if (told.isNumber()) {
            return Optional.of(Instant.ofEpochMilli(told.asLong()).toString());
        }
        return timestamp.matches("\\d{1,15}")
                ? Optional.of(Instant.ofEpochMilli(Long.parseLong(timestamp)).toString())
                : Optional.empty();
    }
}
