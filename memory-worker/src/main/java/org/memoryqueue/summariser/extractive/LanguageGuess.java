package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the language by its most frequent words, and by its script where that is not Latin. English has the benefit
 * of the doubt: a lesson of Spanish held in English is English, and so is a conversation of sums.
 */
final class LanguageGuess {

    private static final int FEWEST_HITS = 3;

    private final Language english = new Language(Language.ENGLISH, StopWords.load("en"));
    private final List<Language> others = List.of(
            new Language(Language.GERMAN, StopWords.load("de")),
            new Language("French", StopWords.load("fr")),
            new Language("Spanish", StopWords.load("es")),
            new Language("Italian", StopWords.load("it")),
            new Language("Portuguese", StopWords.load("pt")),
            new Language("Dutch", StopWords.load("nl")));

    Language english() {
        return english;
    }

    Language of(List<Utterance> utterances) {
        String script = foreignScript(utterances);
        if (script != null) {
            return new Language(script, StopWords.NONE);
        }
        Language best = english;
        long most = Math.max(FEWEST_HITS - 1, hits(english, utterances));
        for (Language language : others) {
            long hits = hits(language, utterances);
            if (hits > most) {
                best = language;
                most = hits;
            }
        }
        return best;
    }

    private static long hits(Language language, List<Utterance> utterances) {
        return utterances.stream()
                .flatMap(Utterance::words)
                .filter(language.stopWords()::isFrequent)
                .count();
    }

    /** The script of the first letter outside Latin, when such letters are the majority. */
    private static @Nullable String foreignScript(List<Utterance> utterances) {
        String script = null;
        int balance = 0;
        for (Utterance utterance : utterances) {
            for (Sentence sentence : utterance.sentences()) {
                String text = sentence.text();
                for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
                    int codePoint = text.codePointAt(at);
                    if (!Character.isLetter(codePoint)) {
                        continue;
                    }
                    Character.UnicodeScript of = Character.UnicodeScript.of(codePoint);
                    if (of == Character.UnicodeScript.LATIN) {
                        balance--;
                    } else if (of != Character.UnicodeScript.COMMON) {
                        balance++;
                        script = script == null ? name(of) : script;
                    }
                }
            }
        }
        return balance > 0 ? script : null;
    }

    private static String name(Character.UnicodeScript script) {
        String lower = script.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return "a language in " + Character.toUpperCase(lower.charAt(0)) + lower.substring(1) + " script";
    }
}
