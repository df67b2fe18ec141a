package org.memoryqueue.summariser.extractive;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The frequent words of the languages that are known, by which a text shows its language. */
public final class FrequentWords {

    private static final Map<String, StopWords> LANGUAGES = load();

    private FrequentWords() {}

    private static Map<String, StopWords> load() {
        Map<String, StopWords> languages = new LinkedHashMap<>();
        languages.put(Language.ENGLISH, StopWords.load("en"));
        languages.put("German", StopWords.load("de"));
        languages.put("French", StopWords.load("fr"));
        languages.put("Spanish", StopWords.load("es"));
        languages.put("Italian", StopWords.load("it"));
        languages.put("Portuguese", StopWords.load("pt"));
        languages.put("Dutch", StopWords.load("nl"));
        return languages;
    }

    /** Counts the words of a text that are frequent in each of the languages, by their English names. */
    public static Map<String, Long> count(String text) {
        List<Word> words = Words.of(text);
        return LANGUAGES.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        language -> words.stream()
                                .filter(language.getValue()::isFrequent)
                                .count()));
    }
}
