package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.stream.Stream;

/**
 * A message of student or tutor, cut into sentences.
 *
 * @param index 0-based index among the messages as they were sent
 * @param byStudent whether the student spoke; else the tutor did
 * @param sentences its sentences in order; none when the message is blank
 */
record Utterance(int index, boolean byStudent, List<Sentence> sentences) {

    Stream<Word> words() {
        return sentences.stream().flatMap(sentence -> sentence.words().stream());
    }
}
