package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.Set;

/**
 * Finds e-mail addresses, also where the signs are written out: {@code ada (at) example (dot) org}. A domain needs a dot,
 * so that {@code A@B}, the matrix product of Python, is none.
 */
final class EmailDetector implements Detector {

    /** RFC 5321, 4.5.3.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST_DOMAIN = 255;

    private static final String LOCAL_SIGNS = "._%+-'!#&~";
    private static final List<String> AT = List.of("(at)", "[at]", "{at}", "<at>", " at ");
    private static final List<String> DOT = List.of("(dot)", "[dot]", "{dot}", "<dot>", " dot ", "(punkt)", "[punkt]");

    /** Where the signs are plain words, only what is surely a domain counts. */
    private static final Set<String> SURE_ENDS =
            Set.of("com", "org", "net", "edu", "gov", "de", "uk", "fr", "br", "nl", "ch");

    @Override
    public void find(Folded text, List<Span> found) {
        for (int i = 0; i < text.length(); i++) {
            if (text.at(i) == '@') {
                add(text, i, i + 1, false, found);
            } else if (text.at(i) == '('
                    || text.at(i) == '['
                    || text.at(i) == '{'
                    || text.at(i) == '<'
                    || text.at(i) == ' ') {
                int after = afterSign(text, i, AT);
                if (after > i) {
                    add(text, i, after, true, found);
                }
            }
        }
    }

    private static void add(Folded text, int at, int afterAt, boolean spelt, List<Span> found) {
        int start = spelt ? localPartInWords(text, at) : localPart(text, at);
        int domain = spelt ? afterSpaces(text, afterAt) : afterAt;
        int end = domain(text, domain, spelt, text.at(at) == ' ');
        if (start >= 0 && end > 0) {
            found.add(new Span(start, end, Kind.EMAIL));
        }
    }

    /** As {@link #localPart}, with dots that are written out. */
    private static int localPartInWords(Folded text, int at) {
        int start = localPart(text, beforeSpaces(text, at));
        for (String dot : List.of(" dot ", "(dot)", "[dot]")) {
            if (start >= 0 && startsWith(text, start - dot.length(), dot)) {
                int earlier = localPart(text, start - dot.length());
                return earlier < 0 ? start : earlier;
            }
        }
        return start;
    }

    /** Where the local part starts; negative when there is none. */
    private static int localPart(Folded text, int end) {
        if (text.at(end - 1) == '"') {
            return quoted(text, end);
        }
        int start = end;
        int earliest = Math.max(0, end - LONGEST_LOCAL_PART);
        while (start > earliest && isLocal(text, start - 1)) {
            start--;
        }
        // What stands around an address, as in 'ada@example.org' or *ada@example.org*, is none of it.
        while (start < end && !text.isLetter(start) && !text.isDigit(start) && text.at(start) != '_') {
            start++;
        }
        return start < end ? start : -1;
    }

    private static int quoted(Folded text, int end) {
        int earliest = Math.max(0, end - LONGEST_LOCAL_PART - 2);
        for (int i = end - 2; i >= earliest && text.at(i) != '\n'; i--) {
            if (text.at(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLocal(Folded text, int index) {
        return text.isLetter(index) || text.isDigit(index) || LOCAL_SIGNS.indexOf(text.at(index)) >= 0;
    }

    /** Where the domain ends; negative when there is none. */
    private static int domain(Folded text, int start, boolean spelt, boolean inWords) {
        int labels = 0;
        boolean dotInWords = false;
        int end = -1;
        int label = start;
        int i = start;
        while (i - start < LONGEST_DOMAIN) {
            while (text.isLetter(i) || text.isDigit(i) || (text.at(i) == '-' && i > label)) {
                i++;
            }
            if (i == label) {
                break;
            }
            labels++;
            if (labels > 1 && isTopLevel(text, label, i, labels, inWords) && (dotInWords || !inWords)) {
                end = i;
            }
            int next = text.at(i) == '.' ? i + 1 : spelt ? afterSign(text, i, DOT) : i;
            if (next == i) {
                break;
            }
            dotInWords |= text.at(i) != '.';
            label = spelt ? afterSpaces(text, next) : next;
            i = label;
        }
        return end;
    }

    private static boolean isTopLevel(Folded text, int start, int end, int labels, boolean inWords) {
        if (inWords) {
            return SURE_ENDS.contains(text.text(start, end));
        }
        // Letters, or the last part of an address of four numbers: 3@1.25 is a price.
        boolean letters = end - start >= 2 && text.isLetter(start) && text.isLetter(end - 1);
        return letters || (labels == 4 && text.isDigit(start) && end - start <= 3);
    }

    private static int afterSign(Folded text, int index, List<String> signs) {
        int i = text.at(index) == ' ' && text.at(index + 1) != ' ' && "([{<".indexOf(text.at(index + 1)) >= 0
                ? index + 1
                : index;
        for (String sign : signs) {
            if (startsWith(text, i, sign)) {
                return i + sign.length();
            }
        }
        return index;
    }

    private static boolean startsWith(Folded text, int index, String sign) {
        for (int i = 0; i < sign.length(); i++) {
            if (text.at(index + i) != sign.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int beforeSpaces(Folded text, int end) {
        return text.at(end - 1) == ' ' ? end - 1 : end;
    }

    private static int afterSpaces(Folded text, int start) {
        return text.at(start) == ' ' ? start + 1 : start;
    }
}
