package org.memoryqueue.summariser.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.memoryqueue.transcript.Message;

/** The messages of a test set. */
final class Said {

    private Said() {}

    static List<Message> in(String file) {
        try (InputStream in = Objects.requireNonNull(Said.class.getResourceAsStream("/injection/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && line.charAt(0) != '#')
                    .map(line -> new Message(
                            line.substring(0, line.indexOf('|')), unescaped(line.substring(line.indexOf('|') + 1))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those on which the rules were written, or the others. */
    static List<Message> half(List<Message> messages, boolean seen) {
        return IntStream.range(0, messages.size())
                .filter(i -> i % 2 == 0 == seen)
                .mapToObj(messages::get)
                .toList();
    }

    private static String unescaped(String text) {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\u", i)) {
                said.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                said.append(text.charAt(i));
            }
        }
        return said.toString().replace("\\n", "\n").replace("\\\\", "\\");
    }
}
