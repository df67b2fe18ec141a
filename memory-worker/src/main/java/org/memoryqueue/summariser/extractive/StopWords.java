package org.memoryqueue.summariser.extractive;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Words that carry no topic of their own, in one language. */
final class StopWords {

    /** The list of a language that is not known. */
    static final StopWords NONE = new StopWords(Set.of(), Set.of());

    private final Set<String> words;
    private final Set<String> frequent;

    private StopWords(Set<String> words, Set<String> frequent) {
        this.words = words;
        this.frequent = frequent;
    }

    /**
     * Loads the list of a language.
     *
     * @param language its ISO 639-1 code, one of those that ship
     */
    static StopWords load(String language) {
        List<String> lines = Resource.lines("stop-words." + language + ".txt");
        List<String> head =
                lines.stream().takeWhile(line -> !Resource.isSection(line)).toList();
        return new StopWords(words(lines), words(head));
    }

    private static Set<String> words(List<String> lines) {
        return lines.stream()
                .filter(line -> !Resource.isSection(line))
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .map(Words::comparable)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the word is among the frequent ones that tell the language. */
    boolean isFrequent(Word word) {
        return frequent.contains(word.text());
    }

    boolean contains(String word) {
        return words.contains(word);
    }

    /** Whether a sentence could be about this word. */
    boolean isContent(Word word) {
        return word.isLetters() && word.text().length() > 2 && !words.contains(word.text());
    }
}
