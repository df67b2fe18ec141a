package org.memoryqueue.topic;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The one spelling of a topic, so that what many sessions show about it adds up: "Fractions", "fraction" and
 * " FRACTION " are one.
 */
public final class TopicName {

    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");
    private static final String OF = " of ";
    private static final Singular SINGULAR = new Singular();

    private TopicName() {}

    /**
     * Spells a topic: lower case, Unicode NFC, one space between words, the head noun in the singular. In English that is
     * the last word, or the one before "of" (laws of motion), after which the words stay (order of operations). Doing so
     * again changes nothing.
     */
    public static String normalised(String topic) {
        String plain = SPACE.matcher(Normalizer.normalize(topic.toLowerCase(Locale.ROOT), Normalizer.Form.NFC))
                .replaceAll(" ")
                .strip();
        int of = plain.indexOf(OF);
        int end = of < 0 ? plain.length() : of;
        int start = plain.lastIndexOf(' ', end - 1) + 1;
        return plain.substring(0, start) + SINGULAR.of(plain.substring(start, end)) + plain.substring(end);
    }
}
