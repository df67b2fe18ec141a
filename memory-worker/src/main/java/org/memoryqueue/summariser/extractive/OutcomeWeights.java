package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The numbers of the {@link OutcomeModel}, as they stand in {@code outcome-weights.txt}: a name and a number a line.
 *
 * @param base log-odds of a conversation whose signals are all 0
 * @param weights what each unit of a signal adds to the log-odds
 * @param threshold the probability, 0 to 1, from which on a task is called solved
 * @param told among tasks that were not solved unaided and end at what the tutor had said: the share, 0 to 1, that the
 *     tutor solved
 * @param untold among those that end at something else: the share, 0 to 1, that nobody solved
 */
public record OutcomeWeights(double base, Map<Signal, Double> weights, double threshold, double told, double untold) {

    private static final String BASE = "base";
    private static final String THRESHOLD = "threshold";
    private static final String TOLD = "told";
    private static final String UNTOLD = "untold";

    public OutcomeWeights {
        EnumMap<Signal, Double> copy = new EnumMap<>(Signal.class);
        copy.putAll(weights);
        weights = copy;
    }

    /** The weights that ship. */
    public static OutcomeWeights shipped() {
        return parse(Resource.lines("outcome-weights.txt"));
    }

    /**
     * Reads weights.
     *
     * @param lines as {@link #lines} writes them
     * @throws IllegalArgumentException when one is missing or is no number
     */
    public static OutcomeWeights parse(List<String> lines) {
        Map<String, Double> numbers = new HashMap<>();
        for (String line : lines) {
            String[] pair = line.split(" ", 2);
            numbers.put(pair[0], Double.valueOf(pair[1]));
        }
        Map<Signal, Double> weights = new EnumMap<>(Signal.class);
        for (Signal signal : Signal.values()) {
            weights.put(signal, number(numbers, signal.word()));
        }
        return new OutcomeWeights(
                number(numbers, BASE),
                weights,
                number(numbers, THRESHOLD),
                number(numbers, TOLD),
                number(numbers, UNTOLD));
    }

    /** The weights as text, with four decimals. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line(BASE, base));
        for (Signal signal : Signal.values()) {
            lines.add(line(signal.word(), weights.getOrDefault(signal, 0.0)));
        }
        lines.add(line(THRESHOLD, threshold));
        lines.add(line(TOLD, told));
        lines.add(line(UNTOLD, untold));
        return List.copyOf(lines);
    }

    /** The probability, 0 to 1, that the task was solved unaided: 1 / (1 + e<sup>-z</sup>), z being the log-odds. */
    public double probability(Signals signals) {
        double z = base;
        for (Signal signal : Signal.values()) {
            z += weights.getOrDefault(signal, 0.0) * signals.of(signal);
        }
        return 1 / (1 + StrictMath.exp(-z));
    }

    private static double number(Map<String, Double> numbers, String name) {
        Double number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("no weight " + name);
        }
        return number;
    }

    private static String line(String name, double number) {
        return String.format(Locale.ROOT, "%s %.4f", name, number);
    }
}
