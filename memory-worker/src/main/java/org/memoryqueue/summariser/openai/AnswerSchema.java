package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.memoryqueue.summariser.InvalidAnswerException;

/**
 * What an answer must look like, as a JSON Schema: the words that it uses are those that {@link #check} knows. The
 * limits are wider than what the descriptions ask for: they keep out rubbish, not a model that says a bit more.
 */
final class AnswerSchema {

    private static final JsonNode SCHEMA = parse("""
            {
              "type": "object",
              "properties": {
                "summary": {
                  "type": "string", "minLength": 1, "maxLength": 4000,
                  "description": "Two to four sentences about the session."
                },
                "topics": {
                  "type": "array", "maxItems": 20,
                  "description": "What the session was about, most important first. At most eight.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "topic": {
                        "type": "string", "minLength": 1, "maxLength": 120,
                        "description": "One to four words in lower case, in the singular."
                      },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["topic", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "understood": {
                  "type": "array", "maxItems": 20,
                  "description": "What the student showed to have understood. At most four. Quote the student.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "claim": { "type": "string", "minLength": 1, "maxLength": 600, "description": "One sentence." },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["claim", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "struggling": {
                  "type": "array", "maxItems": 20,
                  "description": "What the student got wrong, did not know, or still finds hard. At most four.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "claim": { "type": "string", "minLength": 1, "maxLength": 600, "description": "One sentence." },
                      "message_index": { "type": "integer", "description": "The number of the message that shows it." },
                      "quote": {
                        "type": "string", "maxLength": 2000,
                        "description": "A short piece of that message, copied letter by letter."
                      }
                    },
                    "required": ["claim", "message_index", "quote"],
                    "additionalProperties": false
                  }
                },
                "progress": {
                  "type": "string", "maxLength": 1000,
                  "description": "One sentence on how the student moved during the session; empty if it does not show."
                },
                "next_steps": {
                  "type": "string", "maxLength": 2000,
                  "description": "One or two sentences on what to do next; empty if the session does not show it."
                },
                "assessment": {
                  "type": "object",
                  "properties": {
                    "solved_unaided": {
                      "type": ["number", "null"], "minimum": 0, "maximum": 1,
                      "description": "The probability, 0 to 1, that the student solved the task without being given the answer; null if the session allows no judgement."
                    },
                    "outcome": {
                      "type": "string", "enum": ["solved", "solved_with_help", "unsolved", "unknown"],
                      "description": "How the task ended. solved_with_help: the tutor gave the answer, or most of it, away."
                    },
                    "confidence": {
                      "type": "number", "minimum": 0, "maximum": 1,
                      "description": "How sure you are of the outcome, 0 to 1."
                    }
                  },
                  "required": ["solved_unaided", "outcome", "confidence"],
                  "additionalProperties": false
                },
                "observations": {
                  "type": "array", "maxItems": 20,
                  "description": "For each of the topics on which the student answered: how these answers came out.",
                  "items": {
                    "type": "object",
                    "properties": {
                      "topic": {
                        "type": "string", "minLength": 1, "maxLength": 120, "description": "Spelt as among the topics."
                      },
                      "correct_unaided": {
                        "type": "integer", "minimum": 0, "maximum": 1000,
                        "description": "Answers that were right without the tutor having given the answer away."
                      },
                      "correct_with_help": {
                        "type": "integer", "minimum": 0, "maximum": 1000,
                        "description": "Answers that were right after the tutor had given the answer away."
                      },
                      "incorrect": {
                        "type": "integer", "minimum": 0, "maximum": 1000, "description": "Answers that were wrong."
                      }
                    },
                    "required": ["topic", "correct_unaided", "correct_with_help", "incorrect"],
                    "additionalProperties": false
                  }
                }
              },
              "required": [
                "summary", "topics", "understood", "struggling", "progress", "next_steps", "assessment", "observations"
              ],
              "additionalProperties": false
            }
            """);

    /** Some providers refuse a schema that has these, even those that their own models are held to. */
    private static final List<String> LIMITS = List.of("minLength", "maxLength", "maxItems", "minimum", "maximum");

    private AnswerSchema() {}

    /** The schema as it is sent: without limits, which are checked here only. */
    static JsonNode toSend() {
        return withoutLimits(SCHEMA.deepCopy());
    }

    private static JsonNode withoutLimits(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            object.remove(LIMITS);
        }
        schema.forEach(AnswerSchema::withoutLimits);
        return schema;
    }

    /**
     * Holds an answer against the schema.
     *
     * @throws InvalidAnswerException if it breaks a rule; the reason names place and rule, and repeats nothing
     */
    static void check(JsonNode answer) {
        check(SCHEMA, answer, "answer");
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

    private static JsonNode parse(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The schema of the answer is not JSON", e);
        }
    }
}
