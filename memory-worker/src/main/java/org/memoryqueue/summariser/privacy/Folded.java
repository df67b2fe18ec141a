package org.memoryqueue.summariser.privacy;

import java.text.Normalizer;

/**
 * A text as detectors read it: in lower case, without accents and without what is not seen, with digits, spaces and dashes
 * of all scripts as those of ASCII. Each of its characters knows where it stands in the original.
 */
final class Folded {

    /** What is read outside the text. */
    static final char NOTHING = '\0';

    private static final char DROPPED = '\uFFFF';
    /** Stands for any letter beyond the Basic Multilingual Plane: a letter of a script that is not otherwise in use. */
    private static final char OTHER_LETTER = '\u01C2';

    private static final char OTHER_SIGN = '\uFFFD';

    private final String original;
    private final char[] chars;
    private final int[] from;
    private final int[] to;
    private int length;

    private Folded(String original) {
        this.original = original;
        this.chars = new char[original.length()];
        this.from = new int[original.length()];
        this.to = new int[original.length()];
    }

    static Folded of(String text) {
        Folded folded = new Folded(text);
        int next;
        for (int i = 0; i < text.length(); i = next) {
            int codePoint = text.codePointAt(i);
            next = i + Character.charCount(codePoint);
            folded.add(fold(codePoint), i, next);
        }
        return folded;
    }

    private void add(char c, int start, int end) {
        if (c != DROPPED) {
            chars[length] = c;
            from[length] = start;
            to[length++] = end;
        } else if (length > 0) {
            to[length - 1] = end;
        }
    }

    private static char fold(int codePoint) {
        if (codePoint < 0x80) {
            return (char) (codePoint >= 'A' && codePoint <= 'Z' ? codePoint + 32 : codePoint);
        }
        if (codePoint >= 0xFF01 && codePoint <= 0xFF5E) {
            // Full-width forms of ASCII.
            return fold(codePoint - 0xFEE0);
        }
        return switch (Character.getType(codePoint)) {
            case Character.DECIMAL_DIGIT_NUMBER -> (char) ('0' + Character.digit(codePoint, 10));
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.CONTROL -> '\n';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.FORMAT, Character.ENCLOSING_MARK -> DROPPED;
            case Character.NON_SPACING_MARK -> isAccent(codePoint) ? DROPPED : (char) codePoint;
            default -> codePoint == 0x2019 || codePoint == 0x02BC ? '\'' : letterOrSign(codePoint);
        };
    }

    /** Accents of European scripts and variation selectors; marks of other scripts are letters to their readers. */
    private static boolean isAccent(int codePoint) {
        return codePoint <= 0x036F || codePoint > 0xFFFF || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
    }

    private static char letterOrSign(int codePoint) {
        int lower = Character.toLowerCase(codePoint);
        if (lower > 0xFFFF) {
            return Character.isLetter(lower) ? OTHER_LETTER : OTHER_SIGN;
        }
        boolean accented = lower < 0x0530 || (lower >= 0x1E00 && lower < 0x2000);
        return accented && Character.isLetter(lower) ? base((char) lower) : (char) lower;
    }

    private static char base(char letter) {
        String parts = Normalizer.normalize(String.valueOf(letter), Normalizer.Form.NFD);
        boolean isBaseAndAccents = parts.chars().skip(1).allMatch(part -> part >= 0x0300 && part <= 0x036F);
        return isBaseAndAccents ? parts.charAt(0) : letter;
    }

    int length() {
        return length;
    }

    /** The character at an index, {@link #NOTHING} before the beginning and after the end. */
    char at(int index) {
        return index >= 0 && index < length ? chars[index] : NOTHING;
    }

    boolean isDigit(int index) {
        char c = at(index);
        return c >= '0' && c <= '9';
    }

    boolean isLetter(int index) {
        char c = at(index);
        return (c >= 'a' && c <= 'z') || (c >= 0x80 && isLetter(c));
    }

    private static boolean isLetter(char c) {
        return Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK;
    }

    boolean isCapital(int index) {
        return index >= 0 && index < length && Character.isUpperCase(original.charAt(from[index]));
    }

    boolean isSpace(int index) {
        char c = at(index);
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    String text(int start, int end) {
        return new String(chars, start, end - start);
    }

    /** A span of this text, by indexes into the original. */
    Span inOriginal(Span span) {
        return new Span(from[span.start()], to[span.end() - 1], span.kind());
    }
}
