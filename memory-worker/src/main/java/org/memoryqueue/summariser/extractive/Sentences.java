package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Cuts a message into sentences that are verbatim pieces of it. Of a very long message only the head and the tail are
 * read, so that the work stays bounded: what a student wants stands at the beginning, what they found at the end.
 */
final class Sentences {

    /** A full stop after these does not end a sentence. */
    private static final Set<String> ABBREVIATIONS =
            Set.of("e.g", "i.e", "etc", "mr", "mrs", "ms", "dr", "st", "vs", "approx", "a.m", "p.m", "no", "fig");

    private final String text;
    private final List<Sentence> found = new ArrayList<>();

    private Sentences(String text) {
        this.text = text;
    }

    /**
     * Cuts a message into sentences.
     *
     * @param mostCharacters how many characters of it are read: three quarters of them at its head, the rest at its tail
     */
    static List<Sentence> of(String content, int mostCharacters) {
        Sentences sentences = new Sentences(content);
        if (content.length() <= mostCharacters) {
            sentences.read(0, content.length());
        } else {
            int tail = mostCharacters / 4;
            sentences.read(0, boundary(content, mostCharacters - tail));
            sentences.read(boundary(content, content.length() - tail), content.length());
        }
        return List.copyOf(sentences.found);
    }

    private static int boundary(String content, int index) {
        return Character.isLowSurrogate(content.charAt(index)) ? index + 1 : index;
    }

    private void read(int from, int to) {
        int start = from;
        int at = from;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            int next = Math.min(to, at + Character.charCount(codePoint));
            if (isBreak(codePoint)) {
                add(start, at);
                start = next;
            } else if (isStop(codePoint)) {
                next = skipClosing(next, to);
                if (endsSentence(codePoint, start, at, next, to)) {
                    add(start, next);
                    start = next;
                }
            }
            at = next;
        }
        add(start, to);
    }

    /**
     * Line ends and other control characters break a sentence, and so do halves of a surrogate pair, which no quote
     * could carry through UTF-8 unharmed.
     */
    private static boolean isBreak(int codePoint) {
        return (Character.isISOControl(codePoint) && codePoint != '\t')
                || Character.getType(codePoint) == Character.SURROGATE
                || codePoint == '\u2028'
                || codePoint == '\u2029';
    }

    private static boolean isStop(int codePoint) {
        return ".!?…。！？؟।".indexOf(codePoint) >= 0;
    }

    /** Further stops, closing quotes and brackets belong to the sentence they close. */
    private int skipClosing(int from, int to) {
        int at = from;
        while (at < to && ".!?…。！？؟।\"”’')]»".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private boolean endsSentence(int stop, int start, int at, int next, int to) {
        if (stop != '.') {
            return true;
        }
        if (next < to && !Character.isWhitespace(text.charAt(next))) {
            return false; // 3.5, example.org
        }
        int wordStart = at;
        while (wordStart > start && at - wordStart < 8 && !Character.isWhitespace(text.charAt(wordStart - 1))) {
            wordStart--;
        }
        return !ABBREVIATIONS.contains(Words.comparable(text.substring(wordStart, at)));
    }

    private void add(int start, int end) {
        String sentence = text.substring(start, end).strip();
        if (!sentence.isEmpty()) {
            found.add(Sentence.of(sentence, isQuestion(sentence)));
        }
    }

    private static boolean isQuestion(String sentence) {
        int from = Math.max(0, sentence.length() - 4);
        return sentence.indexOf('?', from) >= 0 || sentence.indexOf('？', from) >= 0 || sentence.indexOf('؟', from) >= 0;
    }
}
