package org.memoryqueue.summariser.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Finds the candidates for topics in what was said. */
final class Mentions {

    private static final String FRACTION = "fraction";

    private final StopWords stopWords;
    private final UnaryOperator<String> singular;
    private final SubjectTerms terms;
    private final NounCues nounCues;

    /**
     * Prepares to read a language.
     *
     * @param singular undoes its plural
     * @param nounCues tells its names of things
     */
    Mentions(StopWords stopWords, UnaryOperator<String> singular, NounCues nounCues) {
        this.stopWords = stopWords;
        this.singular = singular;
        this.nounCues = nounCues;
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
            mentions.add(term(hit, utterance, sentence));
            for (int i = hit.start(); i < hit.start() + hit.length(); i++) {
                covered[i] = true;
            }
        }
        for (int i = 0; i < words.size(); i++) {
            if (covered[i] || !isCandidate(words.get(i), names)) {
                continue;
            }
            int start = words.get(i).start();
            int cues = nounCues.of(words, i) + (isPlural(words, singulars, i) ? 1 : 0);
            mentions.add(new Mention(singulars.get(i), Mention.Kind.WORD, utterance, sentence, start, cues));
            if (i + 1 < words.size() && isCandidate(words.get(i + 1), names) && areNeighbours(sentence, i)) {
                String pair = singulars.get(i) + " " + singulars.get(i + 1);
                int ofPair = nounCues.of(words, i) + (isPlural(words, singulars, i + 1) ? 1 : 0);
                mentions.add(new Mention(pair, Mention.Kind.PAIR, utterance, sentence, start, ofPair));
            }
        }
    }

    private static Mention term(PhraseTable.Hit hit, Utterance utterance, Sentence sentence) {
        Word word = sentence.words().get(hit.start());
        String name = word.isSign() && isFraction(sentence, hit.start()) ? FRACTION : hit.label();
        Mention.Kind kind = word.isSign() ? Mention.Kind.SIGN : Mention.Kind.TERM;
        return new Mention(name, kind, utterance, sentence, word.start(), 1);
    }

    /** Whether a stroke writes a proper fraction, as in "1/3 of them", rather than a division as in "24/4" or "1/2 =". */
    private static boolean isFraction(Sentence sentence, int sign) {
        List<Word> words = sentence.words();
        if (sentence.text().charAt(words.get(sign).start()) != '/' || sign == 0 || sign + 1 == words.size()) {
            return false;
        }
        String over = words.get(sign - 1).text();
        String under = words.get(sign + 1).text();
        boolean worksOut = sign + 2 < words.size() && words.get(sign + 2).isSign();
        boolean smaller =
                over.length() < under.length() || (over.length() == under.length() && over.compareTo(under) < 0);
        return smaller && under.length() <= 3 && !worksOut;
    }

    private static boolean isPlural(List<Word> words, List<String> singulars, int index) {
        return !words.get(index).text().equals(singulars.get(index));
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
