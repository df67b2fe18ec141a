package org.memoryqueue.benchmarks.quality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.memoryqueue.benchmarks.quality.LabelledDialogue.Ending;
import org.memoryqueue.benchmarks.quality.Measures.Bin;
import org.memoryqueue.memory.Assessment.Outcome;

/** Reports how well {@code solved_unaided} and {@code outcome} agree with the teachers, on dialogues held out. */
final class OutcomeSection {

    private static final int REPETITIONS = 10;
    private static final int BINS = 10;

    private final List<List<Prediction>> repetitions;

    OutcomeSection(List<LabelledDialogue> dialogues) {
        repetitions = LongStream.rangeClosed(1, REPETITIONS)
                .mapToObj(seed -> CrossValidation.run(dialogues, seed))
                .toList();
    }

    void print(Table table) {
        table.title("Solved unaided: " + CrossValidation.FOLDS + "-fold cross-validation grouped by problem, "
                + REPETITIONS + " times");
        table.header("measure", "aim", "mean", "least and most of a repetition", "standard deviation over folds");
        measure(table, "AUC", "≥ 0.85", mean -> mean >= 0.85, Measures::areaUnderCurve);
        measure(
                table,
                "balanced accuracy of the probability at the threshold",
                "≥ 0.77",
                mean -> mean >= 0.77,
                predictions -> Measures.balancedAccuracy(predictions, Prediction::positive));
        measure(
                table,
                "balanced accuracy of `outcome` = solved",
                "≥ 0.77",
                mean -> mean >= 0.77,
                predictions ->
                        Measures.balancedAccuracy(predictions, prediction -> prediction.outcome() == Outcome.SOLVED));
        measure(
                table,
                "balanced accuracy of the probability at 0.5",
                "",
                mean -> true,
                predictions -> Measures.balancedAccuracy(predictions, prediction -> prediction.probability() >= 0.5));
        measure(
                table,
                "expected calibration error, " + BINS + " bins",
                "≤ 0.06",
                mean -> mean <= 0.06,
                predictions -> Measures.calibrationError(predictions, BINS));
        outcomes(table, repetitions.getFirst());
        reliability(table);
    }

    /** One row; an aim is for the mean over the repetitions. */
    private void measure(
            Table table,
            String name,
            String aim,
            DoublePredicate meets,
            ToDoubleFunction<Collection<Prediction>> measure) {
        double[] values = repetitions.stream().mapToDouble(measure).toArray();
        double[] ofFolds = repetitions.stream()
                .flatMap(predictions ->
                        predictions.stream().collect(Collectors.groupingBy(Prediction::fold)).values().stream())
                .mapToDouble(measure)
                .filter(Double::isFinite)
                .toArray();
        table.row(
                name,
                aim.isEmpty() ? "" : table.aim(aim, meets.test(mean(values))),
                Table.number(mean(values), 3),
                Table.number(Arrays.stream(values).min().orElseThrow(), 3) + " to "
                        + Table.number(Arrays.stream(values).max().orElseThrow(), 3),
                Table.number(deviation(ofFolds), 3));
    }

    private static void outcomes(Table table, List<Prediction> predictions) {
        table.title("Outcome of the memory, by what the teacher says (first repetition)");
        List<String> header = new ArrayList<>(List.of("teacher"));
        for (Outcome outcome : Outcome.values()) {
            header.add(outcome.word());
        }
        table.header(header.toArray(String[]::new));
        for (Ending ending : Ending.values()) {
            List<String> row = new ArrayList<>(List.of(ending.name().toLowerCase(Locale.ROOT)));
            for (Outcome outcome : Outcome.values()) {
                row.add(Long.toString(predictions.stream()
                        .filter(prediction ->
                                prediction.dialogue().ending() == ending && prediction.outcome() == outcome)
                        .count()));
            }
            table.row(row.toArray(String[]::new));
        }
    }

    private void reliability(Table table) {
        table.title("Reliability: all repetitions together");
        table.header("probability", "dialogues", "mean probability", "share solved unaided");
        List<Prediction> all = repetitions.stream().flatMap(List::stream).toList();
        for (Bin bin : Measures.reliability(all, BINS)) {
            table.row(
                    Table.number(bin.from(), 1) + " to " + Table.number(bin.from() + 1.0 / BINS, 1),
                    Table.number((double) bin.count() / REPETITIONS, 1),
                    Table.number(bin.predicted(), 2),
                    Table.number(bin.observed(), 2));
        }
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(Double.NaN));
    }
}
