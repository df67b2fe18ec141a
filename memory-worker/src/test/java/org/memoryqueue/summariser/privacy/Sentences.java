package org.memoryqueue.summariser.privacy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A sentence of the test set.
 *
 * @param text without the signs that mark what is personal
 * @param personal what has to be masked
 */
record Sentences(String text, List<Span> personal) {

    static final List<String> NAMES = List.of("Mia Keller", "José", "Nguyễn", "王小明");

    static List<Sentences> all() {
        try (InputStream in = Objects.requireNonNull(Sentences.class.getResourceAsStream("/privacy/sentences.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(Sentences::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Sentences parse(String line) {
        StringBuilder text = new StringBuilder();
        List<Span> personal = new ArrayList<>();
        int end = 0;
        for (int open = line.indexOf('⟦'); open >= 0; open = line.indexOf('⟦', end)) {
            int bar = line.indexOf('|', open);
            int close = line.indexOf('⟧', bar);
            text.append(line, end, open);
            int start = text.length();
            text.append(line, bar + 1, close);
            personal.add(new Span(start, text.length(), Kind.valueOf(line.substring(open + 1, bar))));
            end = close + 1;
        }
        return new Sentences(text.append(line, end, line.length()).toString(), personal);
    }
}
