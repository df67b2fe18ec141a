package org.memoryqueue.summariser.extractive;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names in a conversation that are no topics: the student's, after a greeting or praise; and in a session of sums
 * also the people of the word problem. Elsewhere a name (Napoleon, Versailles) may well be the topic.
 */
final class ProperNouns {

    /** From this many signs of arithmetic on, a session is one of sums. */
    private static final int SIGNS_OF_SUMS = 3;

    private static final Set<String> GREETINGS =
            Set.of("hi", "hello", "hey", "dear", "thanks", "done", "welcome", "job", "work");

    private final Set<String> names;

    private ProperNouns(Set<String> names) {
        this.names = names;
    }

    static ProperNouns of(List<Utterance> utterances) {
        Set<String> addressed = new HashSet<>();
        Set<String> capitals = new HashSet<>();
        Set<String> lowercase = new HashSet<>();
        long signs = 0;
        for (Utterance utterance : utterances) {
            signs += utterance.words().filter(Word::isSign).count();
            for (Sentence sentence : utterance.sentences()) {
                read(sentence, addressed, capitals, lowercase);
            }
        }
        if (signs >= SIGNS_OF_SUMS) {
            capitals.removeAll(lowercase);
            addressed.addAll(capitals);
        }
        return new ProperNouns(Set.copyOf(addressed));
    }

    private static void read(Sentence sentence, Set<String> addressed, Set<String> capitals, Set<String> lowercase) {
        List<Word> words = sentence.words();
        for (int i = 0; i < words.size(); i++) {
            Word word = words.get(i);
            if (!word.isLetters()) {
                continue;
            }
            boolean capital = Character.isUpperCase(sentence.text().codePointAt(word.start()));
            if (i > 0 && capital && GREETINGS.contains(words.get(i - 1).text())) {
                addressed.add(word.text());
            }
            if (!capital) {
                lowercase.add(word.text());
            } else if (i > 0) {
                capitals.add(word.text());
            }
        }
    }

    boolean contains(Word word) {
        return names.contains(word.text()) || names.contains(withoutPossessive(word.text()));
    }

    /** "Julia's" is kept as "julias". */
    private static String withoutPossessive(String word) {
        return word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }
}
