package org.memoryqueue.summariser.extractive;

import org.memoryqueue.memory.Assessment.Outcome;

/** Says in one sentence how the student moved during the session. */
final class Progress {

    private Progress() {}

    /** The sentence; empty when the tutor judged nothing. */
    static String of(Signals signals, Outcome outcome) {
        String turnedDown = signals.rejections() == 1 ? "one answer" : signals.rejections() + " answers";
        return switch (signals.last()) {
            case OPEN -> "";
            case RIGHT -> {
                if (outcome == Outcome.SOLVED_WITH_HELP) {
                    yield "Right only after the tutor had given answers away.";
                }
                if (signals.rejections() > 0) {
                    yield "Right at last, after " + turnedDown + " the tutor did not accept.";
                }
                yield "Right whenever the tutor gave a verdict.";
            }
            case PARTLY, DOUBTED, WRONG -> {
                if (signals.right() > 0) {
                    yield "Right at times, but not with the last answer that the tutor judged.";
                }
                yield "Not right yet: the tutor did not accept " + turnedDown + ".";
            }
        };
    }
}
