package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void keepsNumbersAbbreviationsAndClosingQuotesTogether() {
        assertThat(texts("It is 3.5, e.g. in cm. He said \"no.\" Why?! ok", 4_000))
                .containsExactly("It is 3.5, e.g. in cm.", "He said \"no.\"", "Why?!", "ok");
    }

    @Test
    void endsASentenceAtALineEnd() {
        assertThat(texts("one\ntwo\r\n\r\nthree", 4_000)).containsExactly("one", "two", "three");
    }

    @Test
    void cutsTextsWithoutSpaces() {
        assertThat(texts("光合作用是什么？我不明白。", 4_000)).containsExactly("光合作用是什么？", "我不明白。");
    }

    @Test
    void readsHeadAndTailOfALongMessage() {
        assertThat(texts("first. " + "middle. ".repeat(100) + "last.", 40))
                .startsWith("first.")
                .endsWith("last.")
                .hasSizeLessThan(10);
    }

    @Test
    void neverQuotesHalfACharacter() {
        assertThat(texts("😀".repeat(50), 41))
                .allSatisfy(text -> assertThat(text.codePoints()).allMatch(codePoint -> codePoint == 0x1F600));
    }

    private static List<String> texts(String content, int mostCharacters) {
        return Sentences.of(content, mostCharacters).stream()
                .map(Sentence::text)
                .toList();
    }
}
