package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.memoryqueue.summariser.InvalidAnswerException;

/**
 * A JSON Schema for the answer of a model. The words that it uses are those that {@link #check} knows.
 *
 * @param schema never to be changed
 */
record JsonSchema(JsonNode schema) {

    /** Some providers refuse a schema that has these, even those that their own models are held to. */
    private static final List<String> LIMITS = List.of("minLength", "maxLength", "maxItems", "minimum", "maximum");

    static JsonSchema parse(String text) {
        try {
            return new JsonSchema(new JsonMapper().readTree(text));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The schema of the answer is not JSON", e);
        }
    }

    /** The schema of an object that has only these properties, all of them. */
    JsonSchema only(String... names) {
        ObjectNode narrower = schema.deepCopy();
        ((ObjectNode) narrower.get("properties")).retain(names);
        ArrayNode required = narrower.putArray("required");
        for (String name : names) {
            required.add(name);
        }
        return new JsonSchema(narrower);
    }

    /**
     * The schema as it is sent: without limits, which are checked here only, and with all properties required, as providers
     * want it, though an answer that leaves some out is good enough.
     */
    JsonNode toSend() {
        return asProvidersWant(schema.deepCopy());
    }

    private static JsonNode asProvidersWant(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(LIMITS);
            if (object.get("properties") instanceof ObjectNode properties) {
                ArrayNode required = object.putArray("required");
                properties.fieldNames().forEachRemaining(required::add);
            }
        }
        schema.forEach(JsonSchema::asProvidersWant);
        return schema;
    }

    /**
     * Holds an answer against the schema.
     *
     * @throws InvalidAnswerException if it breaks a rule; the reason names place and rule, and repeats nothing
     */
    void check(JsonNode answer) {
        check(schema, answer, "answer");
    }

    private static void check(JsonNode schema, JsonNode value, String place) {
        require(hasType(schema.get("type"), value), place, "is not of its type");
        switch (value.getNodeType()) {
            case OBJECT -> checkObject(schema, value, place);
            case ARRAY -> checkArray(schema, value, place);
            case STRING -> checkString(schema, value.textValue(), place);
            case NUMBER -> checkNumber(schema, value.doubleValue(), place);
            default -> {
                // Null, where it is allowed, has nothing to be checked.
            }
        }
    }

    private static boolean hasType(JsonNode type, JsonNode value) {
        if (type instanceof ArrayNode alternatives) {
            return alternatives.valueStream().anyMatch(alternative -> hasType(alternative, value));
        }
        return switch (type.textValue()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
            case "number" -> value.isNumber();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("The schema has a type that is not known here");
        };
    }

    private static void checkObject(JsonNode schema, JsonNode value, String place) {
        JsonNode properties = schema.get("properties");
        schema.get("required").forEach(name -> require(value.has(name.textValue()), place, "lacks a property"));
        value.properties().forEach(property -> {
            require(properties.has(property.getKey()), place, "has a property that it may not have");
            check(properties.get(property.getKey()), property.getValue(), place + "." + property.getKey());
        });
    }

    private static void checkArray(JsonNode schema, JsonNode value, String place) {
        require(value.size() <= schema.get("maxItems").intValue(), place, "has too many items");
        for (int i = 0; i < value.size(); i++) {
            check(schema.get("items"), value.get(i), place + "[" + i + "]");
        }
    }

    private static void checkString(JsonNode schema, String value, String place) {
        require(!schema.has("minLength") || !value.isBlank(), place, "is blank");
        require(value.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE), place, "is too long");
        require(value.indexOf('\0') < 0, place, "has a character that cannot be stored");
        require(!schema.has("enum") || hasWord(schema.get("enum"), value), place, "is none of its words");
    }

    private static boolean hasWord(JsonNode words, String value) {
        return words.valueStream().anyMatch(word -> word.textValue().equals(value));
    }

    private static void checkNumber(JsonNode schema, double value, String place) {
        boolean within = value >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                && value <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
        require(within, place, "is out of its range");
    }

    private static void require(boolean condition, String place, String complaint) {
        if (!condition) {
            throw new InvalidAnswerException("the answer of the model breaks its schema: " + place + " " + complaint);
        }
    }
}
