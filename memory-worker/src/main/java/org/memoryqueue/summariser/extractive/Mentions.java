package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the candidates for topics in what was said. */
final class Mentions {

    private final StopWords stopWords;
    private final UnaryOperator<String> singular;
    private final SubjectTerms terms;

    /**
     * Prepares to read a language.
     *
     * @param singular undoes its plural
     */
    Mentions(StopWords stopWords, UnaryOperator<String> singular) {
        this.stopWords = stopWords;
        this.singular = singular;
        this.terms = new SubjectTerms(singular);
    }

    List<Mention> in(Utterance utterance, ProperNouns names) {
        List<Mention> mentions = new ArrayList<>();
        for (Sentence sentence : utterance.sentences()) {
            collect(utterance, sentence, names, mentions);
        }
        return mentions;
    }

    private void collect(Utterance utterance, Sentence sentence, ProperNouns names, List<Mention> mentions) {
        List<Word> words = sentence.words();
        List<String> singulars =
                words.stream().map(word -> singular.apply(word.text())).toList();
        boolean[] covered = new boolean[words.size()];
        for (PhraseTable.Hit hit : terms.find(singulars)) {
            boolean sign = words.get(hit.start()).isSign();
            mentions.add(new Mention(
                    hit.label(),
                    sign ? Mention.Kind.SIGN : Mention.Kind.TERM,
                    utterance,
                    sentence,
                    words.get(hit.start()).start()));
            for (int i = hit.start(); i < hit.start() + hit.length(); i++) {
                covered[i] = true;
            }
        }
        for (int i = 0; i < words.size(); i++) {
            if (covered[i] || !isCandidate(words.get(i), names)) {
                continue;
            }
            int start = words.get(i).start();
            mentions.add(new Mention(singulars.get(i), Mention.Kind.WORD, utterance, sentence, start));
            if (i + 1 < words.size() && isCandidate(words.get(i + 1), names) && areNeighbours(sentence, i)) {
                String pair = singulars.get(i) + " " + singulars.get(i + 1);
                mentions.add(new Mention(pair, Mention.Kind.PAIR, utterance, sentence, start));
            }
        }
    }

    private boolean isCandidate(Word word, ProperNouns names) {
        return stopWords.isContent(word)
                && word.text().length() > 3
                && !isInflected(word.text())
                && !stopWords.contains(singular.apply(word.text()))
                && !names.contains(word);
    }

    /** A verb or adverb in disguise (borrowed, running, slowly) is no topic; a term of a subject was found before. */
    private static boolean isInflected(String word) {
        return word.endsWith("ing") || word.endsWith("ly") || (word.endsWith("ed") && !word.endsWith("eed"));
    }

    /** Neighbours have nothing but one space or hyphen between them. */
    private static boolean areNeighbours(Sentence sentence, int first) {
        int end = sentence.words().get(first).end();
        int start = sentence.words().get(first + 1).start();
        return start == end + 1 && " -".indexOf(sentence.text().charAt(end)) >= 0;
    }
}
