package org.memoryqueue.local.tryout;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines between its words. */
final class Wrapping {
    private Wrapping() {}

    /** Lines of at most {@code width} characters, but for words that are longer. White space becomes one blank. */
    static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
