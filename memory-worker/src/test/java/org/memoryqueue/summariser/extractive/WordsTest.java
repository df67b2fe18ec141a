package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "That's IT              | thats it",
                "$1,825.50 and 2.00     | 1825.5 and 2",
                "12 - 3 = 9             | 12 − 3 = 9",
                "3/4 x 60               | 3 ÷ 4 × 60",
                "solve for x in a - b   | solve for x in a b",
                "post-it notes          | post it notes",
                "2 ($5 + 1)             | 2 5 + 1",
                "7:50 is 10% of         | 7:50 is 10 % of",
                "naïve Grüße и 光合      | naïve grüße и 光合",
            })
    void cutsATextIntoComparableWords(String text, String words) {
        assertThat(String.join(" ", Words.of(text).stream().map(Word::text).toList()))
                .isEqualTo(words);
    }
}
