package org.memoryqueue.summariser.extractive;

import java.util.List;

/**
 * A transcript as the summariser reads it.
 *
 * @param utterances what student and tutor said, in order; messages of other roles are left out
 * @param exchanges one for each message of the student, in order
 */
record Conversation(List<Utterance> utterances, List<Exchange> exchanges) {

    List<Exchange> attempts() {
        return exchanges.stream().filter(Exchange::isAttempt).toList();
    }

    /** The index of the message up to which the task is being set: the first of the student. */
    int openingIndex() {
        return exchanges.getFirst().answer().index();
    }
}
