package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Optional;

/**
 * A transcript as the summariser reads it.
 *
 * @param utterances what student and tutor said, in order; messages of other roles are left out
 * @param exchanges one for each message of the student, in order
 * @param numbersGiven how many numbers the tutor gave away
 */
record Conversation(List<Utterance> utterances, List<Exchange> exchanges, int numbersGiven) {

    List<Exchange> attempts() {
        return exchanges.stream().filter(Exchange::isAttempt).toList();
    }

    /** The last attempt that comes to a number, or else the last one; empty without any attempt. */
    Optional<Exchange> finalAnswer() {
        List<Exchange> latestFirst = attempts().reversed();
        return latestFirst.stream()
                .filter(exchange -> Disclosure.result(exchange.answer()).isPresent())
                .findFirst()
                .or(() -> latestFirst.stream().findFirst());
    }

    /** Whether the student attempted something and the tutor said anything to it. */
    boolean isJudgeable() {
        return attempts().stream().anyMatch(attempt -> attempt.reaction() != null);
    }

    /** The index of the message up to which the task is being set: the first of the student. */
    int openingIndex() {
        return exchanges.getFirst().answer().index();
    }
}
