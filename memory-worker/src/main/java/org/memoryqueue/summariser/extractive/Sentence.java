package org.memoryqueue.summariser.extractive;

import java.util.List;

/**
 * One sentence of a message.
 *
 * @param text the sentence, verbatim and never blank
 * @param words its words; none when it holds only signs or pictures
 * @param isQuestion whether it asks
 */
record Sentence(String text, List<Word> words, boolean isQuestion) {

    boolean hasNumber() {
        return words.stream().anyMatch(Word::isNumber);
    }
}
