package org.memoryqueue.summariser.extractive;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The phrases that say one thing, as a pattern that is tried only where a word begins with two letters with which one of
 * them does: trying all of a hundred alternatives at each character took a quarter of the time of a summary.
 */
final class Phrasing {

    private static final int ASCII = 128;

    private final Pattern pattern;
    private final BitSet beginnings = new BitSet(ASCII * ASCII);

    /** Takes phrases in lower case, of words with one space between them. */
    Phrasing(List<String> phrases) {
        pattern = Pattern.compile(
                phrases.stream()
                        .map(phrase -> phrase.replaceAll("\\b(im|youre)\\b", "(?:$1)")
                                .replace("(?:im)", "i['’]?m")
                                .replace("(?:youre)", "you['’]?re")
                                .replace(" ", "[\\s,]{1,3}"))
                        .collect(Collectors.joining("|", "(?<![\\p{L}\\p{N}])(?:", ")(?![\\p{L}\\p{N}])")),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        phrases.forEach(this::addBeginning);
    }

    private void addBeginning(String phrase) {
        int first = phrase.charAt(0) * ASCII;
        boolean fixed = phrase.length() > 1 && isLetter(phrase.charAt(1)) && !phrase.startsWith("im");
        if (fixed) {
            beginnings.set(first + phrase.charAt(1));
        } else {
            beginnings.set(first, first + ASCII);
        }
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    /**
     * Finds the first phrase in a text.
     *
     * @param counts whether one that begins at an index counts
     */
    Optional<MatchResult> find(String text, IntPredicate counts) {
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        int at = 0;
        while (at + 1 < text.length()) {
            if (mayBegin(text, at) && matcher.region(at, text.length()).lookingAt()) {
                if (counts.test(at)) {
                    return Optional.of(matcher.toMatchResult());
                }
                at = matcher.end();
            } else {
                at++;
            }
        }
        return Optional.empty();
    }

    private boolean mayBegin(String text, int at) {
        if (at > 0 && Character.isLetter(text.charAt(at - 1))) {
            return false;
        }
        int first = lower(text.charAt(at));
        int second = lower(text.charAt(at + 1));
        // Letters beyond ASCII may be another case of one in it, such as the sign of kelvin.
        return first >= ASCII || second >= ASCII || beginnings.get(first * ASCII + second);
    }

    private static int lower(char c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
}
