package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReactionsTest {

    private final Reactions reactions = new Reactions();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "Yes, that's right!                                    | RIGHT",
                "Thats correct                                         | RIGHT",
                "Great, so how many are left?                          | RIGHT",
                "Correct. Now try the next one.                        | RIGHT",
                "No, look at the second line.                          | WRONG",
                "That is not correct.                                  | WRONG",
                "Unfortunately that's not the capital.                 | WRONG",
                "You forgot to add the last row.                      | WRONG",
                "Good, but you forgot the last row.                    | PARTLY",
                "Almost! Check the last step.                          | PARTLY",
                "Not quite.                                            | PARTLY",
                "Are you sure?                                         | DOUBTED",
                "Read the question again please.                       | DOUBTED",
                "Good question! A cell is the smallest part of life.   | OPEN",
                "Is that correct?                                      | OPEN",
                "No problem, see you on Monday.                        | OPEN",
                "The right triangle has a right angle.                 | OPEN",
                "Plants make sugar from light.                         | OPEN",
            })
    void readsTheVerdict(String reaction, Verdict verdict) {
        Utterance utterance =
                dialogue().student("12").tutor(reaction).utterances().getLast();

        assertThat(reactions.judge(utterance)).isEqualTo(verdict);
    }
}
