package org.memoryqueue.summariser.extractive;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;

/**
 * Judges how the task ended, by a logistic model over few signals: p = 1 / (1 + e<sup>-z</sup>), where z is the sum of
 * the weights of {@code outcome-weights.txt}, each times its signal.
 */
final class OutcomeModel {

    /** Beyond this many, a further repeat or disclosure says nothing new. */
    private static final int MOST_COUNTED = 3;

    private final Map<String, Double> weights = Resource.lines("outcome-weights.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> Double.valueOf(pair[1])));

    Assessment assess(Signals signals) {
        if (signals.last() == Verdict.OPEN && !signals.endsTold()) {
            return Assessment.NONE;
        }
        double solved = rounded(1 / (1 + Math.exp(-logOdds(signals))));
        Outcome outcome = outcome(signals, solved);
        double certainty = outcome == Outcome.SOLVED ? solved : 1 - solved;
        return new Assessment(solved, outcome, rounded(signals.endsJudged() ? certainty : certainty / 2));
    }

    private double logOdds(Signals signals) {
        double z = weight("base");
        if (signals.last() == Verdict.RIGHT) {
            z += weight(signals.endsJudged() ? "confirmed-at-end" : "confirmed-earlier");
        }
        if (signals.endsTold()) {
            z += weight("told-at-end");
        }
        z += weight("disclosures") * Math.min(signals.disclosures(), MOST_COUNTED);
        return z + weight("repeats") * Math.min(signals.repeats(), MOST_COUNTED);
    }

    private Outcome outcome(Signals signals, double solved) {
        if (signals.last().isRejection() && signals.endsJudged()) {
            return Outcome.UNSOLVED;
        }
        if (solved >= weight("threshold")) {
            // Without a single confirmation the odds are those of the base alone, which no teacher would sign.
            return signals.right() > 0 ? Outcome.SOLVED : Outcome.UNKNOWN;
        }
        if (!signals.endsJudged() && !signals.endsTold() && solved > 1 - weight("threshold")) {
            return Outcome.UNKNOWN; // the tutor said nothing to the last answer, and what came before is no lead
        }
        boolean helped = signals.endsTold() || signals.disclosures() > 0;
        return helped && (signals.endsTold() || signals.last() == Verdict.RIGHT)
                ? Outcome.SOLVED_WITH_HELP
                : Outcome.UNSOLVED;
    }

    private double weight(String signal) {
        return Objects.requireNonNull(weights.get(signal), signal);
    }

    /** Two decimals are all it knows; they also keep the bytes the same on every platform. */
    private static double rounded(double probability) {
        return Math.round(probability * 100) / 100.0;
    }
}
