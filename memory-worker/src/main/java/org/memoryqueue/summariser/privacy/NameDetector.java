package org.memoryqueue.summariser.privacy;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds given names as whole words, whatever their case and accents, with any space between their parts. In scripts that
 * put no space between words, wherever they stand.
 */
final class NameDetector implements Detector {

    /** A trie over the characters of all names, so that a text is read once, however many there are. */
    private static final class Node {
        private final Map<Character, Node> next = new HashMap<>();
        private boolean isName;
    }

    private final Node root = new Node();

    NameDetector(Collection<String> names) {
        names.forEach(this::add);
    }

    private void add(String name) {
        Folded folded = Folded.of(name.strip());
        Node node = root;
        for (int i = 0; i < folded.length(); i++) {
            boolean again = folded.isSpace(i) && folded.isSpace(i - 1);
            node = again ? node : node.next.computeIfAbsent(folded.isSpace(i) ? ' ' : folded.at(i), c -> new Node());
        }
        node.isName = true;
    }

    @Override
    public void find(Folded text, List<Span> found) {
        for (int i = 0; i < text.length(); i++) {
            if (isBoundary(text, i)) {
                int end = longestName(text, i);
                if (end > i) {
                    found.add(new Span(i, end, Kind.NAME));
                    i = end - 1;
                }
            }
        }
    }

    /** Where the longest name that begins at an index ends; the index itself when none does. */
    private int longestName(Folded text, int start) {
        int end = start;
        @Nullable Node node = root;
        for (int i = start; node != null && i < text.length(); i++) {
            boolean again = text.isSpace(i) && text.isSpace(i - 1);
            node = again ? node : node.next.get(text.isSpace(i) ? ' ' : text.at(i));
            if (node != null && node.isName && isBoundary(text, i + 1)) {
                end = i + 1;
            }
            if (again && i - start > 4 * LONGEST) {
                break;
            }
        }
        return end;
    }

    /** The most characters of a name that is looked for. */
    static final int LONGEST = 100;

    /** Whether a word may begin or end before an index. */
    private static boolean isBoundary(Folded text, int index) {
        return !text.isLetter(index - 1)
                || !text.isLetter(index)
                || isUnspaced(text.at(index - 1))
                || isUnspaced(text.at(index));
    }

    private static boolean isUnspaced(char c) {
        if (c < 0x0E00) {
            return false;
        }
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR, HANGUL -> true;
            default -> false;
        };
    }
}
