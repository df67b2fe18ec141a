package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;

class ProofTest {

    private static final String FINDING = "{\"claim\": \"A claim.\", \"message_index\": %d, \"quote\": \"%s\"}";

    @Test
    void makesASummaryOfAnAnswerThatIsProven() {
        assertThat(summary(Talk.ANSWER))
                .isEqualTo(new Summary(
                        "openai/1 test",
                        "The student added fractions.",
                        List.of("adding fractions"),
                        new Insights(
                                List.of("Finds a common denominator."),
                                List.of("Used to add denominators."),
                                "From a wrong habit to a right answer."),
                        "Try 1/4 and 1/6.",
                        new Assessment(0.8, Outcome.SOLVED, 0.9),
                        List.of(
                                new Evidence(Kind.UNDERSTOOD, "Finds a common denominator.", 3, "3/6 + 2/6 = 5/6"),
                                new Evidence(
                                        Kind.STRUGGLING, "Used to add denominators.", 1, "I always add the bottoms"),
                                new Evidence(Kind.TOPIC, "adding fractions", 1, "add 1/2 and 1/3")),
                        List.of(new Observation("adding fractions", 1, 0, 1))));
    }

    @Test
    void dropsAFindingWhoseQuoteIsNotInItsMessage() {
        assertThat(understood(3, "3/6 + 2/6")).hasSize(1);
        assertThat(understood(3, "3/6 plus 2/6")).isEmpty();
        assertThat(understood(3, "How do I add")).isEmpty();
        assertThat(understood(3, "  ")).isEmpty();
    }

    @Test
    void dropsAFindingThatNamesNoMessageOfTheConversation() {
        assertThat(understood(-1, "6")).isEmpty();
        assertThat(understood(5, "6")).isEmpty();
        assertThat(struggling(0, "patient tutor")).as("a system message").isEmpty();
    }

    @Test
    void dropsAFindingOfAMessageThatTheModelWasNotShown() {
        Part part = new Part(2, 2, Talk.whole(Talk.FRACTIONS).pieces().subList(2, 4));

        Summary summary = new Proof(Talk.FRACTIONS, part).summary("openai/2 test", answer(Talk.ANSWER));

        assertThat(summary.insights().understood()).containsExactly("Finds a common denominator.");
        assertThat(summary.insights().struggling()).as("of message 1").isEmpty();
        assertThat(summary.keyTopics()).as("of message 1").isEmpty();
    }

    @Test
    void takesOnlyTheStudentsOwnWordsForUnderstanding() {
        assertThat(understood(4, "5/6 is right")).isEmpty();
        assertThat(struggling(4, "5/6 is right")).hasSize(1);
    }

    @Test
    void tellsAFindingOnce() {
        String twice = FINDING.formatted(1, "1/2") + ", " + FINDING.formatted(3, "3/6");

        Summary summary = summary(withList("understood", twice));

        assertThat(summary.insights().understood()).containsExactly("A claim.");
        assertThat(summary.evidence())
                .filteredOn(evidence -> evidence.kind() == Kind.UNDERSTOOD)
                .hasSize(1);
    }

    @Test
    void observesOnlyTopicsThatAreProvenAndNoMoreAnswersThanWereGiven() {
        assertThat(observations("Adding Fractions", 1, 1, 0)).hasSize(1);
        assertThat(observations("geometry", 1, 0, 0)).as("no such topic").isEmpty();
        assertThat(observations("adding fractions", 2, 0, 1)).as("two messages").isEmpty();
        assertThat(observations("adding fractions", 0, 0, 0)).as("nothing seen").isEmpty();
    }

    private static List<String> understood(int index, String quote) {
        return summary(withList("understood", FINDING.formatted(index, quote)))
                .insights()
                .understood();
    }

    private static List<String> struggling(int index, String quote) {
        return summary(withList("struggling", FINDING.formatted(index, quote)))
                .insights()
                .struggling();
    }

    private static List<Observation> observations(String topic, int unaided, int helped, int incorrect) {
        String item = "{\"topic\": \"%s\", \"correct_unaided\": %d, \"correct_with_help\": %d, \"incorrect\": %d}"
                .formatted(topic, unaided, helped, incorrect);
        return summary(withList("observations", item)).observations();
    }

    private static String withList(String list, String items) {
        return Talk.ANSWER.replaceFirst("\"" + list + "\": \\[.*]", "\"" + list + "\": [" + items + "]");
    }

    private static Summary summary(String answer) {
        return new Proof(Talk.FRACTIONS, Talk.whole(Talk.FRACTIONS)).summary("openai/1 test", answer(answer));
    }

    private static JsonNode answer(String answer) {
        try {
            return new JsonMapper().readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
