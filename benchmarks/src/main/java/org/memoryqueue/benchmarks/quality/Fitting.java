package org.memoryqueue.benchmarks.quality;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.summariser.extractive.OutcomeWeights;
import org.memoryqueue.summariser.extractive.Signal;

/**
 * Fits the weights of the outcome model to examples.
 *
 * <p>The strength of the penalty is chosen by the examples themselves: the one with the least log loss in a
 * cross-validation grouped by problem. So a measurement that fits anew for each of its folds chooses anew as well, and
 * sees nothing of what it holds out.
 */
final class Fitting {

    private static final double[] PENALTIES = {1, 3, 10, 30};
    private static final int FOLDS = 5;
    private static final long SEED = 1;

    private Fitting() {}

    static OutcomeWeights fit(List<Example> examples) {
        return fit(examples, bestPenalty(examples));
    }

    /** The strength of the penalty with which the examples predict each other best. */
    static double bestPenalty(List<Example> examples) {
        Folds folds = new Folds(examples.stream().map(Example::problem).toList(), FOLDS, SEED);
        double best = PENALTIES[0];
        double least = Double.POSITIVE_INFINITY;
        for (double penalty : PENALTIES) {
            double loss = 0;
            for (int fold = 0; fold < FOLDS; fold++) {
                OutcomeWeights weights = fit(folds.outside(fold, examples, Example::problem), penalty);
                for (Example example : folds.inside(fold, examples, Example::problem)) {
                    double probability = weights.probability(example.signals());
                    loss -= StrictMath.log(example.isSolved() ? probability : 1 - probability);
                }
            }
            if (loss < least) {
                least = loss;
                best = penalty;
            }
        }
        return best;
    }

    private static OutcomeWeights fit(List<Example> examples, double penalty) {
        double[][] rows = examples.stream().map(Example::values).toArray(double[][]::new);
        boolean[] labels = new boolean[rows.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = examples.get(i).isSolved();
        }
        double[] fitted = LogisticRegression.fit(rows, labels, penalty);
        Map<Signal, Double> weights = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            weights.put(signal, fitted[signal.ordinal() + 1]);
        }
        List<Example> unsolved =
                examples.stream().filter(example -> !example.isSolved()).toList();
        return new OutcomeWeights(
                fitted[0],
                weights,
                share(examples, Example::isSolved),
                share(
                        unsolved.stream().filter(Fitting::endsAtTutors).toList(),
                        example -> example.ending() == Ending.REVEALED),
                share(
                        unsolved.stream()
                                .filter(example -> !endsAtTutors(example))
                                .toList(),
                        example -> example.ending() == Ending.UNSOLVED));
    }

    private static boolean endsAtTutors(Example example) {
        return example.signals().values().getOrDefault(Signal.TUTORS_RESULT, 0.0) > 0;
    }

    /** The share that meets a condition; even odds when there are none. */
    private static double share(List<Example> examples, Predicate<Example> condition) {
        return examples.isEmpty()
                ? 0.5
                : (double) examples.stream().filter(condition).count() / examples.size();
    }
}
