package org.memoryqueue.summariser.injection;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings letters into the form in which they are compared, and reads words out of them. */
final class Letters {

    private static final String LOOK_ALIKES =
            "аaеeоoрpсcхxуyіiјjѕsԁdһhӏlкkмmтtнhвbгrпnԛqԝw" + "αaεeοoρpνvιiκkτtυuχxωwηnβb";

    private static final Map<Character, Character> LATIN = new HashMap<>();

    static {
        for (int i = 0; i < LOOK_ALIKES.length(); i += 2) {
            LATIN.put(LOOK_ALIKES.charAt(i), LOOK_ALIKES.charAt(i + 1));
        }
    }

    private static final String DIGITS = "0o1i3e4a5s7t8b9g@a$s!i|l";

    private static final int MOST_MARKS = 30;
    private static final char SIGMA = 'σ';
    private static final char FINAL_SIGMA = 'ς';

    private Letters() {}

    /** In lower case, in one form for each letter, without accents and without what is not seen. */
    static String plain(String text) {
        return isAscii(text) ? plainAscii(text) : plainUnicode(text);
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 127) {
                return false;
            }
        }
        return true;
    }

    /** Most messages are, and have nothing to compose. */
    private static String plainAscii(String text) {
        char[] plain = text.toCharArray();
        for (int i = 0; i < plain.length; i++) {
            char c = plain[i];
            plain[i] = c < ' ' || c == 127 ? '\n' : c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
        }
        return new String(plain);
    }

    private static String plainUnicode(String text) {
        // By code points: String.toLowerCase looks for the end of the word around each capital sigma, however far it
        // is.
        StringBuilder lower = new StringBuilder(text.length());
        Normalizer.normalize(withFewMarks(text), Normalizer.Form.NFKC)
                .codePoints()
                .forEach(c -> lower.appendCodePoint(c == FINAL_SIGMA ? SIGMA : Character.toLowerCase(c)));
        StringBuilder plain = new StringBuilder(lower.length());
        Normalizer.normalize(lower, Normalizer.Form.NFD).codePoints().forEach(c -> appendPlain(c, plain));
        return plain.toString();
    }

    private static void appendPlain(int c, StringBuilder plain) {
        int type = Character.getType(c);
        if (type == Character.CONTROL) {
            plain.append('\n');
        } else if (c == 0x2019 || c == 0x2018) {
            plain.append('\'');
        } else if (c == 'ı') {
            plain.append('i');
        } else if (c == 'ł') {
            plain.append('l');
        } else if (c == 'ø') {
            plain.append('o');
        } else if (type != Character.FORMAT && !(c >= 0x0300 && c <= 0x036F) && !(c >= 0xFE00 && c <= 0xFE0F)) {
            plain.appendCodePoint(c);
        }
    }

    /**
     * With at most so many marks on a letter as the stream-safe text format allows (Unicode Standard Annex 15): a
     * normaliser sorts the marks of a letter by insertion, which takes their number squared.
     */
    private static String withFewMarks(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int marks = 0;
        int width;
        for (int i = 0; i < text.length(); i += width) {
            int c = text.codePointAt(i);
            width = Character.charCount(c);
            marks = isMark(c) || becomesMark(c) ? marks + 1 : 0;
            if (marks <= MOST_MARKS) {
                kept.append(text, i, i + width);
            }
        }
        return kept.toString();
    }

    /** The two letters that normalisation makes marks of: the halfwidth voiced sound marks of Japanese. */
    private static boolean becomesMark(int c) {
        return c == 0xFF9E || c == 0xFF9F;
    }

    /** With letters of other scripts that look like Latin ones as those. */
    static String latin(String plain) {
        if (isAscii(plain)) {
            return plain;
        }
        StringBuilder mapped = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            mapped.append(c <= 127 ? c : LATIN.getOrDefault(c, c));
        }
        return mapped.toString();
    }

    /** With digits and signs that stand for letters, within words that have letters too, as those. */
    static String spokenDigits(String plain) {
        StringBuilder read = new StringBuilder(plain.length());
        int end;
        for (int start = 0; start < plain.length(); start = end) {
            end = start;
            int letters = 0;
            while (end < plain.length() && !Character.isWhitespace(plain.charAt(end))) {
                letters += Character.isLetter(plain.charAt(end)) ? 1 : 0;
                end++;
            }
            for (int i = start; i < end; i++) {
                int sign = letters > 1 ? DIGITS.indexOf(plain.charAt(i)) : -1;
                read.append(sign >= 0 && sign % 2 == 0 ? DIGITS.charAt(sign + 1) : plain.charAt(i));
            }
            while (end < plain.length() && Character.isWhitespace(plain.charAt(end))) {
                read.append(plain.charAt(end++));
            }
        }
        return read.toString();
    }

    /** With words put together that signs within them cut up: {@code ig-nore}, {@code i.g.n.o.r.e}. */
    static String uncut(String plain) {
        StringBuilder read = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            boolean cut = "-._*~|+\\".indexOf(plain.charAt(i)) >= 0
                    && i > 0
                    && i + 1 < plain.length()
                    && Character.isLetter(plain.charAt(i - 1))
                    && Character.isLetter(plain.charAt(i + 1));
            read.append(cut ? "" : plain.charAt(i));
        }
        return read.toString();
    }

    /** With words put together whose letters stand one by one, a single space between them. */
    static String unspaced(String plain) {
        StringBuilder read = new StringBuilder(plain.length());
        for (int i = 0; i < plain.length(); i++) {
            boolean between = plain.charAt(i) == ' ' && isSingle(plain, i - 1) && isSingle(plain, i + 1);
            read.append(between ? "" : plain.charAt(i));
        }
        return read.toString();
    }

    private static boolean isSingle(String text, int index) {
        return index >= 0
                && index < text.length()
                && Character.isLetter(text.charAt(index))
                && (index == 0 || !Character.isLetter(text.charAt(index - 1)))
                && (index + 1 == text.length() || !Character.isLetter(text.charAt(index + 1)));
    }

    /** The words, numbers and colons of a text that is plain. */
    static List<String> words(String plain) {
        List<String> words = new ArrayList<>();
        int end;
        for (int start = 0; start < plain.length(); start = end) {
            end = start;
            while (end < plain.length() && isOfWord(plain, end)) {
                end++;
            }
            if (end > start) {
                words.add(plain.substring(start, end));
            } else {
                if (plain.charAt(start) == ':' || plain.charAt(start) == '=') {
                    words.add(plain.substring(start, start + 1));
                }
                end = start + 1;
            }
        }
        return words;
    }

    private static boolean isOfWord(String text, int index) {
        char c = text.charAt(index);
        boolean letter = Character.isLetterOrDigit(c) || Character.isSurrogate(c) || isMark(c);
        boolean apostrophe = c == '\''
                && index > 0
                && index + 1 < text.length()
                && Character.isLetter(text.charAt(index - 1))
                && Character.isLetter(text.charAt(index + 1));
        return letter || apostrophe;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }
}
