package org.memoryqueue.summariser.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/** Tells whether something in a transcript tries to instruct whoever summarises it. Immutable. */
final class InjectionDetector {

    private static final String RULES = "/summariser/injection/rules.txt";

    /** Of words that are spelt out, so many single letters follow each other. */
    private static final int LEAST_SPELT = 8;

    /** Of words that are run together. */
    private static final int LONGEST_WORD = 24;

    private final RuleBook rules = new RuleBook(lines());

    private static List<String> lines() {
        try (InputStream in = InjectionDetector.class.getResourceAsStream(RULES)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + RULES);
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

    /** Reads what student and tutor said; messages of other roles reach no summariser. */
    boolean triesToInstruct(Transcript transcript) {
        return transcript.messages().stream().filter(Message::isSpoken).anyMatch(this::triesToInstruct);
    }

    boolean triesToInstruct(Message message) {
        String text = message.content();
        boolean byStudent = message.isStudent();
        if (reads(text, byStudent)) {
            return true;
        }
        // Whoever hides words means them.
        return Readings.hiddenIn(text).stream().anyMatch(hidden -> reads(hidden, true));
    }

    private boolean reads(String text, boolean byStudent) {
        String plain = Letters.plain(text);
        if (Marks.areIn(plain) || rules.applyToUnspaced(plain)) {
            return true;
        }
        List<String> readings = new ArrayList<>(List.of(plain));
        String latin = Letters.latin(plain);
        readings.add(latin);
        readings.add(Letters.spokenDigits(latin));
        readings.add(Letters.uncut(latin));
        readings.add(Letters.unspaced(latin));
        readings.add(Readings.rot13(plain));
        readings.add(new StringBuilder(plain).reverse().toString());
        return readings.stream().distinct().anyMatch(reading -> isInstruction(reading, byStudent));
    }

    private boolean isInstruction(String reading, boolean byStudent) {
        List<String> words = Letters.words(reading);
        return rules.applyTo(words, byStudent) || rules.applyToSpelt(spelt(words));
    }

    /** The letters of what is spelt out letter by letter or in pieces, or run together. */
    private static String spelt(List<String> words) {
        StringBuilder letters = new StringBuilder();
        StringBuilder run = new StringBuilder();
        int length = 0;
        for (String word : words) {
            boolean piece = word.length() == 1 && Character.isLetter(word.charAt(0));
            if (piece) {
                run.append(word);
                length++;
                continue;
            }
            if (length >= LEAST_SPELT) {
                letters.append(run).append(' ');
            }
            run.setLength(0);
            length = 0;
            if (word.length() >= LONGEST_WORD) {
                letters.append(word).append(' ');
            }
        }
        return letters.append(length >= LEAST_SPELT ? run : "").toString();
    }
}
