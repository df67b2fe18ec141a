package org.memoryqueue.summariser.extractive;

import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;

/**
 * Judges how the task ended, by a logistic model over few signals, whose weights were fitted to labelled dialogues.
 *
 * <p>The outcome follows from the probability of "solved unaided" and a threshold, save where the conversation itself
 * says otherwise: an answer that was turned down at the end is unsolved, one that the tutor had given away is not the
 * student's, and where the tutor judged nothing the outcome is unknown. Below the threshold the task counts as solved
 * with help when the final answer is one that the tutor had said.
 */
final class OutcomeModel {

    private final OutcomeWeights weights;

    OutcomeModel(OutcomeWeights weights) {
        this.weights = weights;
    }

    Assessment assess(Signals signals) {
        double solved = weights.probability(signals);
        Outcome outcome = outcome(signals, solved);
        return new Assessment(rounded(solved), outcome, rounded(confidence(outcome, solved)));
    }

    private Outcome outcome(Signals signals, double solved) {
        if (signals.has(Signal.REJECTED_AT_END)) {
            return Outcome.UNSOLVED;
        }
        if (signals.has(Signal.TOLD_AT_END)) {
            return Outcome.SOLVED_WITH_HELP;
        }
        if (!signals.has(Signal.JUDGED_SHARE)) {
            return Outcome.UNKNOWN;
        }
        if (solved >= weights.threshold()) {
            return Outcome.SOLVED;
        }
        return signals.has(Signal.TUTORS_RESULT) ? Outcome.SOLVED_WITH_HELP : Outcome.UNSOLVED;
    }

    private double confidence(Outcome outcome, double solved) {
        return switch (outcome) {
            case SOLVED -> solved;
            case SOLVED_WITH_HELP -> (1 - solved) * weights.told();
            case UNSOLVED -> (1 - solved) * weights.untold();
            case UNKNOWN -> 0;
        };
    }

    /** Two decimals are all it knows; they also keep the bytes the same on every platform. */
    private static double rounded(double probability) {
        return Math.round(probability * 100) / 100.0;
    }
}
