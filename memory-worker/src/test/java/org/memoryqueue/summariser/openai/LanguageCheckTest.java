package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

class LanguageCheckTest {

    private static final String ENGLISH =
            "The student was able to find the common denominator, but did not know what to do"
                    + " with it, and had to be told how to go on.";
    private static final String GERMAN = "Die Schülerin hat den gemeinsamen Nenner gefunden, wusste aber nicht, was sie"
            + " damit machen kann, und hat sich die Lösung zeigen lassen.";
    private static final String RUSSIAN = "Ученица нашла общий знаменатель, но не знала, что делать дальше.";

    private static final Transcript IN_GERMAN = Talk.of(
            new Message("user", "Ich verstehe nicht, wie man zwei Brüche addiert. Was muss ich mit dem Nenner machen?"),
            new Message(
                    "assistant",
                    "Das ist eine gute Frage. Was ist denn die kleinste Zahl, durch die man beide teilen kann?"),
            new Message("user", "Das ist die 6, oder? Aber was mache ich dann mit den Zählern?"));

    private static final Transcript IN_ENGLISH = Talk.of(
            new Message("user", "I do not understand how to add two fractions. What do I do with the bottoms?"),
            new Message("assistant", "That is a good question. What is the smallest number that both of them divide?"),
            new Message("user", "It is 6, I think. But what do I do with the tops?"));

    @Test
    void refusesAnAnswerInAnotherLanguageThanThatOfTheConversation() {
        assertForeign(IN_GERMAN, ENGLISH);
        assertForeign(IN_ENGLISH, GERMAN);
        assertForeign(IN_ENGLISH, RUSSIAN);
        assertForeign(Talk.of(new Message("user", "Как сложить дроби с разными знаменателями?")), ENGLISH);
    }

    @Test
    void passesAnAnswerInTheLanguageOfTheConversation() {
        assertPasses(IN_GERMAN, GERMAN);
        assertPasses(IN_ENGLISH, ENGLISH);
        assertPasses(Talk.of(new Message("user", "Как сложить дроби с разными знаменателями?")), RUSSIAN);
    }

    @Test
    void passesWhatIsTooShortToTellAndWhatALessonOfAnotherLanguageIsAbout() {
        assertPasses(IN_GERMAN, "Addition: 1/2 + 1/3 = 5/6.");
        assertPasses(Talk.of(new Message("user", "3/6 + 2/6 = 5/6 ?"), new Message("assistant", "= 5/6 :-)")), GERMAN);
        assertPasses(
                Talk.of(
                        new Message(
                                "user", "El libro está en la mesa y no es de mi hermano, pero la casa es de mi madre."),
                        new Message(
                                "assistant",
                                "Very good! What does the first half of it mean, and which of the words is the verb?")),
                ENGLISH);
    }

    @Test
    void looksAtProseAndNotAtQuotesAndTopics() {
        ObjectNode answer = answer(ENGLISH);
        answer.putArray("topics").addObject().put("topic", GERMAN).put("quote", GERMAN);
        answer.putArray("understood").addObject().put("claim", "Knows it.").put("quote", GERMAN);

        assertThatCode(() -> LanguageCheck.of(IN_ENGLISH).check(answer)).doesNotThrowAnyException();
    }

    @Test
    void tellsTheTaskTheLanguageWhereItIsClear() {
        assertThat(LanguageCheck.of(IN_GERMAN).inTask()).isEqualTo("German");
        assertThat(LanguageCheck.of(IN_ENGLISH).inTask()).isEqualTo("English");
        assertThat(LanguageCheck.of(Talk.of(new Message("user", "5/6"))).inTask())
                .isEqualTo("the language that the student writes in");
    }

    private static void assertForeign(Transcript transcript, String summary) {
        assertThatExceptionOfType(InvalidAnswerException.class)
                .isThrownBy(() -> LanguageCheck.of(transcript).check(answer(summary)))
                .withMessage("the answer of the model is not in the language of the conversation");
    }

    private static void assertPasses(Transcript transcript, String summary) {
        JsonNode answer = answer(summary);
        assertThatCode(() -> LanguageCheck.of(transcript).check(answer)).doesNotThrowAnyException();
    }

    private static ObjectNode answer(String summary) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("summary", summary)
                .put("progress", "")
                .put("next_steps", "");
    }
}
