package org.memoryqueue.summariser.openai;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.summariser.extractive.FrequentWords;

/**
 * What a text shows of its language. It is sure of it only where there is enough to go by: else nothing is said.
 *
 * @param script of most of its letters, null where there are too few; the three of Japanese count as one
 * @param frequent how many of its words are frequent in each language that is known
 */
record Spoken(@Nullable UnicodeScript script, Map<String, Long> frequent) {

    private static final int FEWEST_LETTERS = 20;
    private static final int FEWEST_WORDS = 5;
    private static final double CLEARLY = 1.5;

    static Spoken of(String text) {
        return new Spoken(script(text), FrequentWords.count(text));
    }

    private static @Nullable UnicodeScript script(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints().filter(Character::isLetter).forEach(letter -> letters.merge(script(letter), 1, Integer::sum));
        letters.remove(UnicodeScript.COMMON);
        int most = letters.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        if (all < FEWEST_LETTERS || most * 2 <= all) {
            return null;
        }
        return letters.entrySet().stream()
                .filter(script -> script.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private static UnicodeScript script(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return switch (script) {
            case HIRAGANA, KATAKANA -> UnicodeScript.HAN;
            default -> script;
        };
    }

    /** The English name of its language; null where it is not known, or not clear. */
    @Nullable
    String language() {
        if (script != UnicodeScript.LATIN) {
            return null;
        }
        String best = best();
        long second = frequent.entrySet().stream()
                .filter(language -> !language.getKey().equals(best))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElse(0);
        return isClear(hits(best), second) ? best : null;
    }

    /** Whether this is clearly neither in that script nor, as far as languages are known, in that language. */
    boolean isForeignTo(Spoken other) {
        if (script == null || other.script == null) {
            return false;
        }
        if (script != other.script) {
            return true;
        }
        String language = other.language();
        return language != null && !best().equals(language) && isClear(hits(best()), hits(language));
    }

    private String best() {
        return frequent.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
    }

    private long hits(String language) {
        return frequent.getOrDefault(language, 0L);
    }

    private static boolean isClear(long hits, long others) {
        return hits >= FEWEST_WORDS && hits >= CLEARLY * others;
    }
}
