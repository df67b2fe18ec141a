package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovesTest {

    private final Moves moves = new Moves(StopWords.load("en"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "The nobles paid no taxes                     | ATTEMPT",
                "12                                           | ATTEMPT",
                "Is it mitochondria?                          | ATTEMPT",
                "oxygen?                                      | ATTEMPT",
                "for i in range(1, 10)?                       | ATTEMPT",
                "Hi, I got 12 for the first one               | ATTEMPT",
                "Is 12 a prime number?                        | ASK",
                "hello                                        | ACKNOWLEDGE",
                "Good morning!                                | ACKNOWLEDGE",
                "Yes, because plants need light to make sugar | ATTEMPT",
                "I see. So there are 15 apples.               | ATTEMPT",
                "What is photosynthesis?                      | ASK",
                "Can you explain fractions?                   | ASK",
                "why did the war start                        | ASK",
                "I don't know                                 | STUCK",
                "I'm stuck on this one                        | STUCK",
                "I understand now, thank you!                 | ACKNOWLEDGE",
                "ok thanks bye                                | ACKNOWLEDGE",
                "Thank you for helping me with this task!     | ACKNOWLEDGE",
                "😀                                            | ACKNOWLEDGE",
            })
    void tellsWhatAStudentDoes(String message, Move move) {
        assertThat(moves.of(dialogue().student(message).utterances().getFirst()))
                .isEqualTo(move);
    }
}
