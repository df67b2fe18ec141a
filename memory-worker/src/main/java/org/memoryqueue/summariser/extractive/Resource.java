package org.memoryqueue.summariser.extractive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A word list that ships with the summariser, as UTF-8 text in which {@code #} begins a line of comment. */
final class Resource {

    private static final String FOLDER = "/summariser/extractive/";

    private Resource() {}

    /**
     * Reads the lines that carry something.
     *
     * @param name the file's name within the folder of the summariser
     * @throws IllegalStateException when the file is not part of the build
     */
    static List<String> lines(String name) {
        try (InputStream in = Resource.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + FOLDER + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a line opens a section, as in {@code [right]}. */
    static boolean isSection(String line) {
        return line.startsWith("[") && line.endsWith("]");
    }
}
