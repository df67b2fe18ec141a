package org.memoryqueue.topic;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Undoes the English plural, by the usual endings and a list of those that no rule undoes. Safe for concurrent use. */
public final class Singular {

    private static final int SHORTEST_PLURAL = 4;

    private static final String IRREGULAR = "/topic/irregular-plurals.txt";

    private final Map<String, String> irregular = irregular();

    private static Map<String, String> irregular() {
        try (InputStream in = Objects.requireNonNull(Singular.class.getResourceAsStream(IRREGULAR), IRREGULAR)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(line -> line.strip().split(" "))
                    .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The singular of a word.
     *
     * @param word in lower case
     */
    public String of(String word) {
        String singular = once(word);
        // Of a plural that was made twice, too: what is a singular stays.
        return singular.equals(word) ? word : of(singular);
    }

    private String once(String word) {
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
