package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Phrases that mean something, each with a label, found from left to right; the longest phrase wins. */
final class PhraseTable {

    private final Map<String, List<Phrase>> byFirstWord = new HashMap<>();

    /**
     * Adds a phrase.
     *
     * @param atStart whether it counts only as the first words of a sentence
     */
    void add(String label, List<String> words, boolean atStart) {
        List<Phrase> phrases = byFirstWord.computeIfAbsent(words.getFirst(), first -> new ArrayList<>());
        phrases.add(new Phrase(label, List.copyOf(words), atStart));
        phrases.sort(Comparator.comparingInt((Phrase phrase) -> phrase.words().size())
                .reversed());
    }

    /** The phrases in a list of words; the list that is returned is the caller's. */
    List<Hit> find(List<String> words) {
        List<Hit> hits = new ArrayList<>();
        int at = 0;
        while (at < words.size()) {
            Phrase phrase = longestAt(words, at);
            if (phrase == null) {
                at++;
            } else {
                hits.add(new Hit(phrase.label(), at, phrase.words().size()));
                at += phrase.words().size();
            }
        }
        return hits;
    }

    private @Nullable Phrase longestAt(List<String> words, int at) {
        for (Phrase phrase : byFirstWord.getOrDefault(words.get(at), List.of())) {
            if (phrase.isAt(words, at)) {
                return phrase;
            }
        }
        return null;
    }

    /**
     * A phrase that was found.
     *
     * @param label what it means
     * @param start which word it begins with, 0-based
     * @param length how many words it has
     */
    record Hit(String label, int start, int length) {}

    private record Phrase(String label, List<String> words, boolean atStart) {

        boolean isAt(List<String> sentence, int at) {
            if ((at > 0 && atStart) || at + words.size() > sentence.size()) {
                return false;
            }
            // The first word is known to be there.
            for (int i = 1; i < words.size(); i++) {
                if (!sentence.get(at + i).equals(words.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }
}
