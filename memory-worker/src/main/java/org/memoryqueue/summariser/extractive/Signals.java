package org.memoryqueue.summariser.extractive;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a conversation shows about how its task ended.
 *
 * @param values of every {@link Signal}
 */
public record Signals(Map<Signal, Double> values) {

    /**
     * Keeps the values.
     *
     * @throws IllegalArgumentException when one is missing
     */
    public Signals {
        EnumMap<Signal, Double> all = new EnumMap<>(Signal.class);
        all.putAll(values);
        for (Signal signal : Signal.values()) {
            if (!all.containsKey(signal)) {
                throw new IllegalArgumentException("no value for " + signal.word());
            }
        }
        values = all;
    }

    double of(Signal signal) {
        return values.getOrDefault(signal, 0.0);
    }

    boolean has(Signal signal) {
        return of(signal) > 0;
    }
}
