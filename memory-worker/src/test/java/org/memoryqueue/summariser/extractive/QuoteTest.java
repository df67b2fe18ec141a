package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.summariser.extractive.Dialogue.dialogue;

import org.junit.jupiter.api.Test;

class QuoteTest {

    @Test
    void showsWhereASentenceWasCut() {
        Utterance utterance =
                dialogue().student("one two three four five").utterances().getFirst();
        Sentence sentence = utterance.sentences().getFirst();

        assertThat(Quote.head(utterance, sentence, 2).display()).isEqualTo("“one two …”");
        assertThat(Quote.tail(utterance, sentence, 2).display()).isEqualTo("“… four five”");
        assertThat(Quote.around(utterance, sentence, sentence.text().indexOf("three"), 2)
                        .display())
                .isEqualTo("“… three four …”");
        assertThat(Quote.head(utterance, sentence, 9).displayAtEnd()).isEqualTo("“one two three four five”.");
    }

    @Test
    void boundsAWordThatDoesNotEnd() {
        Utterance utterance =
                dialogue().student("ab".repeat(1_000)).utterances().getFirst();
        Sentence sentence = utterance.sentences().getFirst();

        assertThat(Quote.head(utterance, sentence, 5).text()).isEqualTo("ab".repeat(30));
        assertThat(Quote.tail(utterance, sentence, 5).text()).isEqualTo("ab".repeat(30));
    }
}
