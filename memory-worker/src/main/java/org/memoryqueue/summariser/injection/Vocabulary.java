package org.memoryqueue.summariser.injection;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words of the rules, and the classes that each belongs to. A tree of letters, so that a word is left at its first
 * letter that no word of the rules has there: most words are, and all of a text that is read backwards.
 */
final class Vocabulary {

    /** A single letter begins too much to be the beginning of a word of the rules. */
    private static final int SHORTEST_PREFIX = 2;

    private static final int LONGEST_PREFIX = 16;

    /** Shared, and never changed. */
    private static final BitSet NONE = new BitSet();

    private final Node root = new Node();

    /**
     * Adds a word to a class.
     *
     * @param word in any case; with {@code *} at its end all words that begin so
     */
    void add(String word, int number) {
        boolean prefix = word.endsWith("*");
        String letters = Letters.plain(prefix ? word.substring(0, word.length() - 1) : word);
        Node node = root;
        for (int i = 0; i < letters.length(); i++) {
            node = node.next.computeIfAbsent(letters.charAt(i), letter -> new Node());
        }
        (prefix ? node.prefix : node.whole).set(number);
    }

    /** The classes of a word that is plain; not to be changed. */
    BitSet classesOf(String word) {
        BitSet found = NONE;
        Node node = root;
        for (int length = 1; length <= word.length(); length++) {
            node = node.after(word.charAt(length - 1));
            if (node == null) {
                return found;
            }
            if (length >= SHORTEST_PREFIX && length <= LONGEST_PREFIX) {
                found = union(found, node.prefix);
            }
        }
        return union(found, node.whole);
    }

    private static BitSet union(BitSet some, BitSet others) {
        if (others.isEmpty()) {
            return some;
        }
        if (some.isEmpty()) {
            return others;
        }
        BitSet all = new BitSet();
        all.or(some);
        all.or(others);
        return all;
    }

    private static final class Node {

        private final Map<Character, Node> next = new HashMap<>();
        private final BitSet prefix = new BitSet();
        private final BitSet whole = new BitSet();

        @Nullable
        Node after(char letter) {
            return next.get(letter);
        }
    }
}
