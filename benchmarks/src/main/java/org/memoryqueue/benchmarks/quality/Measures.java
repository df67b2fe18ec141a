package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/** Measures of predictions against labels. */
final class Measures {

    private Measures() {}

    /**
     * The area under the ROC curve: the share of pairs, of a solved task and another, that the probability ranks
     * rightly; a tie is half right. NaN without both.
     */
    static double areaUnderCurve(Collection<Prediction> predictions) {
        double right = 0;
        long pairs = 0;
        for (Prediction solved : predictions) {
            for (Prediction other : predictions) {
                if (solved.isSolved() && !other.isSolved()) {
                    pairs++;
                    int order = Double.compare(solved.probability(), other.probability());
                    right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }

    /** The mean of the shares of solved tasks called solved, and of others called not solved. NaN without both. */
    static double balancedAccuracy(Collection<Prediction> predictions, Predicate<Prediction> calledSolved) {
        double solved = 0;
        double others = 0;
        double solvedRight = 0;
        double othersRight = 0;
        for (Prediction prediction : predictions) {
            boolean called = calledSolved.test(prediction);
            if (prediction.isSolved()) {
                solved++;
                solvedRight += called ? 1 : 0;
            } else {
                others++;
                othersRight += called ? 0 : 1;
            }
        }
        return (solvedRight / solved + othersRight / others) / 2;
    }

    /**
     * The expected calibration error (Naeini, Cooper, Hauskrecht, AAAI 2015): over bins of probability of equal width,
     * the mean distance between predicted and observed share, weighted by size.
     */
    static double calibrationError(Collection<Prediction> predictions, int bins) {
        double error = 0;
        for (Bin bin : reliability(predictions, bins)) {
            error += Math.abs(bin.predicted() - bin.observed()) * bin.count() / predictions.size();
        }
        return error;
    }

    /** The bins that hold something, from low to high probability. */
    static List<Bin> reliability(Collection<Prediction> predictions, int bins) {
        List<Bin> found = new ArrayList<>();
        for (int i = 0; i < bins; i++) {
            int index = i;
            List<Prediction> inside = predictions.stream()
                    .filter(prediction -> Math.min(bins - 1, (int) (prediction.probability() * bins)) == index)
                    .toList();
            if (!inside.isEmpty()) {
                found.add(new Bin(
                        (double) i / bins,
                        inside.size(),
                        inside.stream()
                                .mapToDouble(Prediction::probability)
                                .average()
                                .orElseThrow(),
                        (double) inside.stream().filter(Prediction::isSolved).count() / inside.size()));
            }
        }
        return List.copyOf(found);
    }

    /**
     * Predictions of like probability.
     *
     * @param from the least probability of the bin
     * @param count how many predictions
     * @param predicted their mean probability
     * @param observed the share of them that was solved
     */
    record Bin(double from, int count, double predicted, double observed) {}
}
