package org.memoryqueue.summariser.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds placeholders in what a model has written, also those that it has changed: in another case, without brackets, with
 * other joints, with the label translated, or without the mark.
 *
 * @param mark by which those of this transcript are known
 */
record PlaceholderReader(String mark) {

    private static final int MOST_DIGITS = 7;
    private static final int LONGEST_LABEL = 20;
    private static final int LONGEST_TAIL = 8;
    private static final int LONGEST_JOINT = 3;
    private static final String JOINTS = "-_ .:#\u2010\u2011\u2013";

    /**
     * A placeholder.
     *
     * @param number -1 where there is none
     * @param kind what it says that it stands for; empty where that is no word of ours
     * @param isMarked whether it bears the mark
     */
    record Found(int start, int end, int number, Optional<Kind> kind, boolean isMarked) {}

    /** All in a text, in its order. */
    List<Found> in(String text) {
        char[] lower = text.toCharArray();
        for (int i = 0; i < lower.length; i++) {
            lower[i] = Character.toLowerCase(lower[i]);
        }
        String read = new String(lower);
        List<Found> found = new ArrayList<>();
        int from = 0;
        int nextMark = read.indexOf(mark);
        for (int i = 0; i < read.length(); i++) {
            Optional<Found> next = Optional.empty();
            if (i == nextMark) {
                next = Optional.of(around(read, i, from));
                nextMark = read.indexOf(mark, i + mark.length());
            } else if (read.charAt(i) == '[') {
                next = unmarked(read, i);
            }
            if (next.isPresent()) {
                found.add(next.get());
                from = next.get().end();
                i = from - 1;
            }
        }
        return found;
    }

    /** Reads leftwards from a mark: joint, number, joint, label, bracket, as far as they are there. */
    private Found around(String text, int at, int from) {
        int digits = beforeJoint(text, at, from);
        int number = digits;
        while (number > from && isDigit(text.charAt(number - 1)) && digits - number < MOST_DIGITS) {
            number--;
        }
        int value = number < digits ? Integer.parseInt(text.substring(number, digits)) : -1;
        int labelEnd = beforeJoint(text, number, from);
        int label = labelEnd;
        while (label > from && isLabel(text.charAt(label - 1)) && labelEnd - label < LONGEST_LABEL) {
            label--;
        }
        Optional<Kind> kind = kind(text.substring(label, labelEnd));
        boolean bracketed = label > from && text.charAt(label - 1) == '[';
        // Without a bracket, a word that is no kind belongs to the sentence.
        int start = bracketed ? label - 1 : kind.isPresent() ? label : number < digits ? number : at;
        start -= !bracketed && start > from && text.charAt(start - 1) == '[' ? 1 : 0;
        int end = at + mark.length();
        end += end < text.length() && text.charAt(end) == ']' ? 1 : 0;
        return new Found(start, end, value, kind, true);
    }

    /** Reads rightwards from a bracket: a kind, a number, and what may remain of a mark. */
    private Optional<Found> unmarked(String text, int bracket) {
        int label = bracket + 1;
        int labelEnd = label;
        while (labelEnd < text.length()
                && Character.isLetter(text.charAt(labelEnd))
                && labelEnd - label < LONGEST_LABEL) {
            labelEnd++;
        }
        int number = labelEnd;
        while (number < text.length()
                && number - labelEnd < LONGEST_JOINT
                && JOINTS.indexOf(text.charAt(number)) >= 0) {
            number++;
        }
        int end = number;
        while (end < text.length() && isDigit(text.charAt(end)) && end - number < MOST_DIGITS) {
            end++;
        }
        Optional<Kind> kind = kind(text.substring(label, labelEnd));
        if (kind.isEmpty() || end == number || isMarkAfter(text, end)) {
            return Optional.empty();
        }
        int value = Integer.parseInt(text.substring(number, end));
        int tail = end;
        while (end < text.length() && end - tail < LONGEST_TAIL && isTail(text.charAt(end))) {
            end++;
        }
        end += end < text.length() && text.charAt(end) == ']' ? 1 : 0;
        return Optional.of(new Found(bracket, end, value, kind, false));
    }

    private boolean isMarkAfter(String text, int index) {
        int i = index;
        while (i < text.length() && i - index < LONGEST_JOINT && JOINTS.indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        return text.startsWith(mark, i);
    }

    private static int beforeJoint(String text, int end, int from) {
        int i = end;
        while (i > from && end - i < LONGEST_JOINT && JOINTS.indexOf(text.charAt(i - 1)) >= 0) {
            i--;
        }
        return i;
    }

    private static Optional<Kind> kind(String label) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().equalsIgnoreCase(label))
                .findFirst();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLabel(char c) {
        return Character.isLetter(c) || c == '-' || c == '_';
    }

    private static boolean isTail(char c) {
        return isDigit(c) || c == '-' || (c >= 'a' && c <= 'z');
    }
}
