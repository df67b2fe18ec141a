package org.memoryqueue.kubernetes.scaling;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the lengths of the queues make a number of workers: {@code high / 50 + (normal + other) / 200}.
 *
 * @param divisors by the names of the triggers, in any order
 */
public record Formula(Map<String, Integer> divisors) {

    private static final Pattern TERM = Pattern.compile("(\\w+|\\([\\w +]+\\)) / (\\d+)");
    private static final Pattern NAME = Pattern.compile("\\w+");

    /** Reads it; what is no such term is left out. */
    static Formula parse(String text) {
        return new Formula(TERM.matcher(text)
                .results()
                .flatMap(term -> NAME.matcher(term.group(1))
                        .results()
                        .map(name -> Map.entry(name.group(), Integer.parseInt(term.group(2)))))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a)));
    }

    /** The one of a ScaledObject. */
    public static Formula of(WorkerScaler scaler) {
        return parse(
                scaler.object().at("/spec/advanced/scalingModifiers/formula").asText());
    }

    /** Of how many workers that many jobs are the work, by the names of the triggers. */
    public double workers(Map<String, Long> lengths) {
        return lengths.entrySet().stream()
                .mapToDouble(length -> (double) length.getValue()
                        / Optional.ofNullable(divisors.get(length.getKey())).orElseThrow())
                .sum();
    }
}
