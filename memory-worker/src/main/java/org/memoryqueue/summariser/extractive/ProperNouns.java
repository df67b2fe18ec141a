package org.memoryqueue.summariser.extractive;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The names in a conversation that are no topics: the student's, after a greeting or praise; and in a session of sums
 * also the people of the word problem. Elsewhere a name (Napoleon, Versailles) may well be the topic.
 */
final class ProperNouns {

    /** From this many signs of arithmetic on, a session is one of sums. */
    private static final int SIGNS_OF_SUMS = 2;

    private static final Set<String> GREETINGS =
            Set.of("hi", "hello", "hey", "dear", "thanks", "done", "welcome", "job", "work");

    private final Set<String> addressed = new HashSet<>();

    /** How much more often a word is spelt with a capital, other than at the start of a sentence, than without. */
    private final Map<String, Integer> capitals = new HashMap<>();

    private final Language language;
    private int signs;

    private ProperNouns(Language language) {
        this.language = language;
    }

    static ProperNouns of(List<Utterance> utterances, Language language) {
        ProperNouns names = new ProperNouns(language);
        utterances.stream().flatMap(utterance -> utterance.sentences().stream()).forEach(names::read);
        return names;
    }

    private void read(Sentence sentence) {
        List<Word> words = sentence.words();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            signs += word.isSign() ? 1 : 0;
            boolean capital = Character.isUpperCase(sentence.text().codePointAt(word.start()));
            if (i > 0 && capital && GREETINGS.contains(words.get(i - 1).text())) {
                addressed.add(word.text());
            }
            if (word.isLetters() && (i > 0 || !capital)) {
                capitals.merge(withoutPossessive(word.text()), capital ? 1 : -1, Integer::sum);
            }
        }
    }

    /** Whether the conversation is about sums. */
    boolean areOfSums() {
        return signs >= SIGNS_OF_SUMS;
    }

    boolean contains(Word word) {
        String name = withoutPossessive(word.text());
        return addressed.contains(word.text())
                || addressed.contains(name)
                || (areOfSums() && !language.capitalisesNouns() && capitals.getOrDefault(name, 0) > 0);
    }

    /** "Omar's" is kept as "omars". */
    private static String withoutPossessive(String word) {
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
