package org.memoryqueue.summariser.extractive;

import java.util.Map;
import java.util.stream.Collectors;

/** Undoes the English plural, so that "fractions" and "fraction" are one topic. */
final class Singular {

    private static final int SHORTEST_PLURAL = 4;

    private final Map<String, String> irregular = Resource.lines("irregular-plurals.txt").stream()
            .map(line -> line.split(" "))
            .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

    String of(String word) {
        String known = irregular.get(word);
        if (known != null) {
            return known;
        }
        if (word.length() < SHORTEST_PLURAL || !word.endsWith("s")) {
            return word;
        }
        if (word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) {
            return word;
        }
        if (word.endsWith("ies")) {
            return word.length() == SHORTEST_PLURAL ? cut(word, 1) : cut(word, 3) + "y";
        }
        boolean hissing = word.endsWith("sses")
                || word.endsWith("shes")
                || word.endsWith("ches")
                || word.endsWith("xes")
                || word.endsWith("zes")
                || word.endsWith("oes");
        return cut(word, hissing ? 2 : 1);
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
