package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.function.UnaryOperator;

/** The terms of school subjects, each found by any of the forms in which it is said. */
final class SubjectTerms {

    private final PhraseTable terms = new PhraseTable();

    SubjectTerms(UnaryOperator<String> singular) {
        for (String line : Resource.lines("subject-terms.txt")) {
            int colon = line.indexOf(':');
            String term = colon < 0 ? line : line.substring(0, colon);
            terms.add(term, words(term, singular), false);
            if (colon >= 0) {
                for (String form : line.substring(colon + 1).strip().split(" ", -1)) {
                    terms.add(term, words(form, singular), false);
                }
            }
        }
    }

    /** A form without letters is a sign and stands for itself. */
    private static List<String> words(String form, UnaryOperator<String> singular) {
        List<String> words =
                Words.of(form).stream().map(word -> singular.apply(word.text())).toList();
        return words.isEmpty() ? List.of(form) : words;
    }

    /**
     * Finds the terms of a sentence.
     *
     * @param words its words in the singular
     */
    List<PhraseTable.Hit> find(List<String> words) {
        return terms.find(words);
    }
}
