package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoTest {

    private static final String TUTOR = "Each of the two rooms measures 12 square metres, so both together measure 24.";

    private final Echo echo = new Echo(StopWords.load("en"));
    private final Moves moves = new Moves(StopWords.load("en"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "both together measure 24                       | true",
                "Together the rooms measure 24 square metres.   | true",
                "Both rooms have 36 metres of wall in all.      | false",
                "Each of the two rooms measures 12 square feet, so both together measure 25.| true",
                "The rooms measure more in carpets.             | false",
                "Both rooms together.                           | true",
                "It costs 240 to cover them                     | false",
            })
    void tellsWhoseWordsTheyAre(String student, boolean tutors) {
        var utterances = dialogue().tutor(TUTOR).student(student).utterances();
        Conversation conversation = new Segmentation(StopWords.load("en"), moves, new Reactions()).segment(utterances);
        Utterance answer = utterances.getLast();

        assertThat(echo.isTutors(Quote.head(answer, answer.sentences().getFirst(), 30), conversation))
                .isEqualTo(tutors);
    }
}
