package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.TextLimits;

class AnswerSchemaTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void limitsItsTextsAsTheyAreLimitedWhenTheyAreRestored() {
        JsonNode properties = AnswerSchema.WHOLE.schema().path("properties");
        assertThat(properties.at("/summary/maxLength").intValue()).isEqualTo(TextLimits.SUMMARY);
        assertThat(properties.at("/progress/maxLength").intValue()).isEqualTo(TextLimits.PROGRESS);
        assertThat(properties.at("/next_steps/maxLength").intValue()).isEqualTo(TextLimits.NEXT_STEPS);
        assertThat(properties.findValues("quote"))
                .hasSize(4)
                .allSatisfy(
                        quote -> assertThat(quote.path("maxLength").intValue()).isEqualTo(TextLimits.QUOTE));
        assertThat(properties.findValues("claim"))
                .hasSize(2)
                .allSatisfy(
                        claim -> assertThat(claim.path("maxLength").intValue()).isEqualTo(TextLimits.CLAIM));
        assertThat(properties.findValues("topic"))
                .hasSize(2)
                .allSatisfy(
                        topic -> assertThat(topic.path("maxLength").intValue()).isEqualTo(TextLimits.TOPIC));
    }

    @Test
    void passesAFullAnswer() {
        assertThatCode(() -> AnswerSchema.WHOLE.check(answer())).doesNotThrowAnyException();
    }

    @Test
    void passesAJudgementThatIsWithheld() {
        assertThatCode(() -> AnswerSchema.WHOLE.check(with("/assessment/solved_unaided", "null")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "summary",
                "topics",
                "understood",
                "struggling",
                "progress",
                "next_steps",
                "assessment",
                "observations"
            })
    void wantsEveryPart(String part) {
        ObjectNode answer = answer();
        answer.remove(part);

        assertBroken(answer, "answer lacks a property");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/summary | 42 | answer.summary is not of its type",
                "/summary | null | answer.summary is not of its type",
                "/summary | ' \" \" ' | answer.summary is blank",
                "/summary | ' \"se\\u0000cret\" ' | answer.summary has a character that cannot be stored",
                "/topics | {} | answer.topics is not of its type",
                "/topics/0 | ' \"secret\" ' | answer.topics[0] is not of its type",
                "/topics/0/topic | ' \"\" ' | answer.topics[0].topic is blank",
                "/topics/0/message_index | 1.5 | answer.topics[0].message_index is not of its type",
                "/topics/0/message_index | 99999999999 | answer.topics[0].message_index is not of its type",
                "/topics/0/quote | null | answer.topics[0].quote is not of its type",
                "/understood/0/claim | [] | answer.understood[0].claim is not of its type",
                "/assessment/outcome | ' \"secret\" ' | answer.assessment.outcome is none of its words",
                "/assessment/solved_unaided | 1.01 | answer.assessment.solved_unaided is out of its range",
                "/assessment/solved_unaided | 1e999 | answer.assessment.solved_unaided is out of its range",
                "/assessment/confidence | -0.1 | answer.assessment.confidence is out of its range",
                "/assessment/confidence | null | answer.assessment.confidence is not of its type",
                "/observations/0/incorrect | -1 | answer.observations[0].incorrect is out of its range",
                "/observations/0/incorrect | 1001 | answer.observations[0].incorrect is out of its range"
            })
    void namesThePlaceAndTheRuleThatIsBroken(String place, String value, String reason) {
        assertBroken(with(place, value.strip()), reason);
    }

    @Test
    void allowsNoPropertyThatItDoesNotKnowAndDoesNotRepeatItsName() {
        ObjectNode answer = answer();
        answer.put("secret", 1);

        assertBroken(answer, "answer has a property that it may not have");
    }

    @Test
    void boundsListsAndTexts() {
        assertBroken(with("/understood", "[" + "{},".repeat(20) + "{}]"), "answer.understood has too many items");
        assertBroken(with("/summary", "\"" + "secret".repeat(1_000) + "\""), "answer.summary is too long");
    }

    @Test
    void isSentWithoutTheLimitsThatSomeProvidersRefuse() {
        String sent = AnswerSchema.WHOLE.toSend().toString();

        assertThat(sent)
                .contains("\"additionalProperties\":false", "\"required\"", "solved_with_help")
                .doesNotContain("minLength", "maxLength", "maxItems", "minimum", "maximum");
        assertThatExceptionOfType(InvalidAnswerException.class)
                .as("and is checked with them nevertheless")
                .isThrownBy(() -> AnswerSchema.WHOLE.check(with("/summary", "\"\"")));
    }

    private static void assertBroken(JsonNode answer, String reason) {
        assertThatExceptionOfType(InvalidAnswerException.class)
                .isThrownBy(() -> AnswerSchema.WHOLE.check(answer))
                .withMessageEndingWith(reason)
                .withMessageNotContaining("secret");
    }

    private static ObjectNode answer() {
        return (ObjectNode) parse(Talk.ANSWER);
    }

    /** The answer with another value at a place. */
    private static ObjectNode with(String place, String value) {
        ObjectNode answer = answer();
        JsonPointer pointer = JsonPointer.compile(place);
        JsonNode parent = answer.at(pointer.head());
        if (parent instanceof ArrayNode array) {
            array.set(pointer.last().getMatchingIndex(), parse(value));
        } else {
            ((ObjectNode) parent).set(pointer.last().getMatchingProperty(), parse(value));
        }
        return answer;
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
