package org.memoryqueue.summariser.extractive;

import org.memoryqueue.memory.Assessment.Outcome;

/** Says in one sentence how the student moved during the session. */
final class Progress {

    private Progress() {}

    /** The sentence; empty when the tutor judged nothing. */
    static String of(Verdicts verdicts, Outcome outcome) {
        if (!verdicts.isAny()) {
            return "";
        }
        String turnedDown = verdicts.rejections() == 1 ? "one answer" : verdicts.rejections() + " answers";
        return switch (outcome) {
            case SOLVED -> {
                if (verdicts.rejections() == 0) {
                    yield "Right whenever the tutor gave a verdict.";
                }
                yield verdicts.latest() == Verdict.RIGHT
                        ? "Right at last, after " + turnedDown + " the tutor did not accept."
                        : "The tutor did not accept " + turnedDown + "; the last one came without a verdict.";
            }
            case SOLVED_WITH_HELP -> "Came to the answer only after the tutor had said it.";
            case UNSOLVED -> {
                if (verdicts.right() > 0) {
                    yield "Right at times, but the task does not seem to be solved.";
                }
                yield "Not right yet: the tutor did not accept " + turnedDown + ".";
            }
            case UNKNOWN -> "";
        };
    }
}
