package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a text into its words in one pass. Written by hand, since a backtracking pattern is an invitation to attack. */
final class Words {

    /** Longer runs of letters are no words of any language that puts spaces between them, and are passed over. */
    private static final int LONGEST_WORD = 40;

    private final String text;
    private final List<Word> found = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    static List<Word> of(String text) {
        return new Words(text).read();
    }

    private List<Word> read() {
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            if (Character.isDigit(codePoint)) {
                readNumber();
            } else if (Character.isLetter(codePoint)) {
                readLetters();
            } else {
                readSign(codePoint);
            }
        }
        return List.copyOf(found);
    }

    private void readNumber() {
        int start = at;
        while (at < text.length() && (isDigit(at) || (isSeparator(text.charAt(at)) && isDigit(at + 1)))) {
            at += Character.charCount(text.codePointAt(at));
        }
        add(plainNumber(text.substring(start, at)), start, Word.Kind.NUMBER);
    }

    private void readLetters() {
        int start = at;
        while (at < text.length()
                && (isLetterOrDigit(at) || (isApostrophe(text.charAt(at)) && isLetterOrDigit(at + 1)))) {
            at += Character.charCount(text.codePointAt(at));
        }
        if (at - start > LONGEST_WORD) {
            return;
        }
        String spelt = text.substring(start, at);
        if ((spelt.equals("x") || spelt.equals("X")) && isBetweenNumbers(start)) {
            add("×", start, Word.Kind.SIGN);
        } else {
            add(comparable(spelt), start, Word.Kind.LETTERS);
        }
    }

    private void readSign(int codePoint) {
        int start = at;
        at += Character.charCount(codePoint);
        switch (codePoint) {
            case '%', '=', '÷', '×' -> add(Character.toString(codePoint), start, Word.Kind.SIGN);
            case '+', '*', '/', '-', '−', '–' -> {
                if (isBetweenNumbers(start)) {
                    add(spellSign(codePoint), start, Word.Kind.SIGN);
                }
            }
            default -> {} // white space, punctuation, pictures
        }
    }

    private static String spellSign(int codePoint) {
        return switch (codePoint) {
            case '*' -> "×";
            case '/' -> "÷";
            case '-', '–' -> "−";
            default -> Character.toString(codePoint);
        };
    }

    /** A hyphen, a slash or an x is arithmetic only with a number, or a bracket, on both sides. */
    private boolean isBetweenNumbers(int start) {
        if (found.isEmpty()
                || !found.getLast().isNumber()
                || start - found.getLast().end() > 2) {
            return false;
        }
        int next = at;
        while (next < text.length() && next - at < 3 && " ($£€".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return isDigit(next);
    }

    private void add(String word, int start, Word.Kind kind) {
        found.add(new Word(word, start, at, kind));
    }

    /** Comparable form of a run of letters; also the form in which word lists are kept. */
    static String comparable(String spelt) {
        String lower = spelt.toLowerCase(Locale.ROOT);
        return lower.indexOf('\'') < 0 && lower.indexOf('’') < 0
                ? lower
                : lower.replace("'", "").replace("’", "");
    }

    /** 1,825 and 1825, 2.50 and 2.5 are one number each. */
    private static String plainNumber(String digits) {
        String plain = digits.replace(",", "");
        if (plain.indexOf('.') < 0) {
            return plain;
        }
        int end = plain.length();
        while (plain.charAt(end - 1) == '0') {
            end--;
        }
        return plain.substring(0, plain.charAt(end - 1) == '.' ? end - 1 : end);
    }

    private boolean isDigit(int index) {
        return index < text.length() && Character.isDigit(text.codePointAt(index));
    }

    private boolean isLetterOrDigit(int index) {
        if (index >= text.length()) {
            return false;
        }
        int codePoint = text.codePointAt(index);
        int type = Character.getType(codePoint);
        return Character.isLetterOrDigit(codePoint)
                || type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == ',' || c == ':';
    }

    private static boolean isApostrophe(char c) {
        return c == '\'' || c == '’';
    }
}
