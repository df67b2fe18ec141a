package org.memoryqueue.summariser.extractive;

import org.jspecify.annotations.Nullable;

/**
 * The unit of a tutoring conversation: the tutor asks, the student answers, the tutor reacts.
 *
 * @param ask what the student answers to; null when they speak first
 * @param answer the student's message
 * @param move what the student does with it
 * @param reaction what the tutor says to it; null when the conversation, or the student, goes on without one
 * @param verdict what the reaction says about the answer; {@link Verdict#OPEN} unless the student attempted something
 * @param origin who had said before what the answer comes to; {@link Origin#NEW} unless the student attempted something
 */
record Exchange(
        @Nullable Utterance ask,
        Utterance answer,
        Move move,
        @Nullable Utterance reaction,
        Verdict verdict,
        Origin origin) {

    boolean isAttempt() {
        return move == Move.ATTEMPT;
    }

    boolean isJudged() {
        return verdict != Verdict.OPEN;
    }

    /** Whether the tutor had given away what the answer says, so that it proves nothing about the student. */
    boolean isTold() {
        return origin == Origin.GIVEN;
    }

    boolean isRightUnaided() {
        return verdict == Verdict.RIGHT && !isTold();
    }
}
