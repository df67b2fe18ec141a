package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells by the word before whether a word names a thing, such as the apples of a sum, or an action. */
final class NounCues {

    /** Those of a language that is not known: every word may name a thing. */
    static final NounCues NONE = new NounCues(Set.of(), Set.of(), 1);

    private static final String BEFORE_NOUN = "[before-noun]";

    private final Set<String> beforeNoun;
    private final Set<String> beforeVerb;

    private final int otherwise;

    private NounCues(Set<String> beforeNoun, Set<String> beforeVerb, int otherwise) {
        this.otherwise = otherwise;
        this.beforeNoun = beforeNoun;
        this.beforeVerb = beforeVerb;
    }

    static NounCues english() {
        List<String> lines = Resource.lines("noun-cues.txt");
        int verbs = lines.lastIndexOf("[before-verb]");
        return new NounCues(
                words(lines.subList(lines.indexOf(BEFORE_NOUN) + 1, verbs)),
                words(lines.subList(verbs + 1, lines.size())),
                0);
    }

    private static Set<String> words(List<String> lines) {
        return lines.stream().map(Words::comparable).collect(Collectors.toUnmodifiableSet());
    }

    /** How much speaks for a name: above 0 for it, below 0 against it. */
    int of(List<Word> words, int index) {
        if (index == 0) {
            return otherwise;
        }
        Word before = words.get(index - 1);
        if (before.isNumber() || beforeNoun.contains(before.text())) {
            return 1;
        }
        return beforeVerb.contains(before.text()) ? -1 : otherwise;
    }
}
