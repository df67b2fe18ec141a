package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.memoryqueue.summariser.InvalidAnswerException;

/** What a model thought before it answered, and should not have written down. */
final class Thoughts {

    private static final Pattern MARK = Pattern.compile("</?think(ing)?>", Pattern.CASE_INSENSITIVE);

    private Thoughts() {}

    /**
     * Looks at every text of an answer but its quotes, which are the conversation's words.
     *
     * @throws InvalidAnswerException if one holds thoughts
     */
    static void check(JsonNode answer) {
        answer.properties().forEach(property -> {
            if (!property.getKey().equals("quote")) {
                checkValue(property.getValue());
            }
        });
    }

    private static void checkValue(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> check(value);
            case ARRAY -> value.forEach(Thoughts::checkValue);
            case STRING -> {
                if (MARK.matcher(value.textValue()).find()) {
                    throw new InvalidAnswerException(
                            "the answer of the model holds thoughts beside what was asked for");
                }
            }
            default -> {
                // Numbers and nulls hold no words.
            }
        }
    }
}
