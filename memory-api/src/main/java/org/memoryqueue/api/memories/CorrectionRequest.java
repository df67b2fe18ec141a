package org.memoryqueue.api.memories;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.correction.Change;
import org.memoryqueue.topic.TopicName;

/**
 * Reads what a teacher puts right, or ends the request with a problem that names the field. As in a JSON Merge Patch
 * (RFC 7396) a field that is absent stays as it is, and null takes a correction back.
 */
final class CorrectionRequest {

    private static final int MOST_ITEMS = 20;
    private static final int MOST_ANSWERS = 1_000;
    private static final int LONGEST_ITEM = 600;
    private static final int LONGEST_TOPIC = 120;
    private static final int LONGEST_REASON = 500;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode fields = NODES.objectNode();
    private @Nullable Boolean hidden;
    private @Nullable String reason;

    private CorrectionRequest() {}

    static Change read(JsonNode body) {
        CorrectionRequest request = new CorrectionRequest();
        if (!(body instanceof ObjectNode object)) {
            throw wrong("body", "must be an object");
        }
        object.properties().forEach(request::read);
        if (request.reason == null) {
            throw wrong("reason", "is required");
        }
        if (request.hidden == null && request.fields.isEmpty()) {
            throw wrong("body", "must name a field to correct, or hidden");
        }
        return new Change(request.hidden, request.fields, request.reason);
    }

    private void read(Map.Entry<String, JsonNode> field) {
        JsonNode value = field.getValue();
        String name = field.getKey();
        switch (name) {
            case "hidden" -> {
                if (!value.isBoolean()) {
                    throw wrong(name, "must be true or false");
                }
                hidden = value.booleanValue();
            }
            case "reason" -> reason = text(name, value, LONGEST_REASON, false).textValue();
            case "conversation_summary" -> set(name, value, () -> text(name, value, 4_000, false));
            case "next_steps" -> set(name, value, () -> text(name, value, 2_000, true));
            case "key_topics" -> set(name, value, () -> topics(value));
            case "learning_insights" -> insights(value);
            case "observations" -> set(name, value, () -> observations(value));
            default -> throw wrong(name, "is not a field that can be corrected");
        }
    }

    private void set(String name, JsonNode value, Supplier<JsonNode> read) {
        fields.set(name, value.isNull() ? value : read.get());
    }

    private void insights(JsonNode value) {
        if (value.isNull()) {
            for (String part : Set.of("understood", "struggling", "progress")) {
                fields.set(part, value);
            }
            return;
        }
        if (!value.isObject()) {
            throw wrong("learning_insights", "must be an object");
        }
        value.properties().forEach(part -> {
            String name = part.getKey();
            String place = "learning_insights." + name;
            switch (name) {
                case "understood", "struggling" -> set(name, part.getValue(), () -> items(place, part.getValue()));
                case "progress" -> set(name, part.getValue(), () -> text(place, part.getValue(), 1_000, true));
                default -> throw wrong(place, "is not a field that can be corrected");
            }
        });
    }

    private static ArrayNode items(String place, JsonNode value) {
        ArrayNode items = NODES.arrayNode();
        list(place, value).forEach(item -> items.add(text(place, item, LONGEST_ITEM, false)));
        return items;
    }

    private static ArrayNode topics(JsonNode value) {
        Set<String> topics = new LinkedHashSet<>();
        list("key_topics", value).forEach(item -> topics.add(topic("key_topics", item)));
        ArrayNode items = NODES.arrayNode();
        topics.forEach(items::add);
        return items;
    }

    private static ArrayNode observations(JsonNode value) {
        ArrayNode observations = NODES.arrayNode();
        Set<String> topics = new LinkedHashSet<>();
        for (JsonNode item : list("observations", value)) {
            item.fieldNames().forEachRemaining(name -> {
                if (!Set.of("topic", "correct_unaided", "correct_with_help", "incorrect")
                        .contains(name)) {
                    throw wrong("observations." + name, "is not a field of an observation");
                }
            });
            String topic = topic("observations.topic", item.path("topic"));
            if (!topics.add(topic)) {
                throw wrong("observations.topic", "must name each topic once");
            }
            observations
                    .addObject()
                    .put("topic", topic)
                    .put("correctUnaided", count(item, "correct_unaided"))
                    .put("correctWithHelp", count(item, "correct_with_help"))
                    .put("incorrect", count(item, "incorrect"));
        }
        return observations;
    }

    private static int count(JsonNode item, String name) {
        JsonNode count = item.path(name);
        if (!count.isMissingNode() && !(count.isInt() && count.intValue() >= 0 && count.intValue() <= MOST_ANSWERS)) {
            throw wrong("observations." + name, "must be a number from 0 to " + MOST_ANSWERS);
        }
        return count.asInt(0);
    }

    private static JsonNode list(String place, JsonNode value) {
        if (!value.isArray() || value.size() > MOST_ITEMS) {
            throw wrong(place, "must be a list of at most " + MOST_ITEMS);
        }
        return value;
    }

    private static String topic(String place, JsonNode value) {
        String topic =
                TopicName.normalised(text(place, value, LONGEST_TOPIC, false).textValue());
        // Spaces that are none for strip().
        if (topic.isEmpty()) {
            throw wrong(place, "must not be blank");
        }
        return topic;
    }

    private static TextNode text(String place, JsonNode value, int longest, boolean mayBeEmpty) {
        if (!value.isTextual() || value.textValue().length() > longest) {
            throw wrong(place, "must be a text of at most " + longest + " characters");
        }
        String text = value.textValue().strip();
        if (text.isEmpty() && !mayBeEmpty) {
            throw wrong(place, "must not be blank");
        }
        if (!isStorable(text)) {
            throw wrong(place, "must not hold NUL or half of a surrogate pair");
        }
        return TextNode.valueOf(text);
    }

    private static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private static ProblemException wrong(String field, String rule) {
        return ProblemException.badRequest("Invalid request", field, rule);
    }
}
