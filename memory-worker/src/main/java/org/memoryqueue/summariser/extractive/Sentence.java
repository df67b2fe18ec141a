package org.memoryqueue.summariser.extractive;

import java.util.List;

/**
 * One sentence of a message.
 *
 * @param text the sentence, verbatim and never blank
 * @param words its words; none when it holds only signs or pictures
 * @param texts the comparable forms of its words: kept, since each list of phrases is held against them
 * @param isQuestion whether it asks
 */
record Sentence(String text, List<Word> words, List<String> texts, boolean isQuestion) {

    static Sentence of(String text, boolean isQuestion) {
        List<Word> words = Words.of(text);
        return new Sentence(text, words, words.stream().map(Word::text).toList(), isQuestion);
    }

    boolean hasNumber() {
        return words.stream().anyMatch(Word::isNumber);
    }
}
