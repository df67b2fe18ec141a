package org.memoryqueue.summariser.extractive;

import java.util.List;

/** Tells what a student does with a message. */
final class Moves {

    private static final String ACKNOWLEDGE = "acknowledge";
    private static final String REQUEST = "request";
    private static final String GUESS = "guess";
    private static final String STUCK = "stuck";

    /** How a question opens that is meant as one. */
    private static final String OPENING = "opening";

    /** A promise or thanks: the sentence around it is politeness, however long. */
    private static final String POLITE = "polite";

    /** A question this short, without a question word, is an answer offered with doubt: "oxygen?"; so is a number. */
    private static final int DOUBTFUL_ANSWER = 4;

    /** What remains of a sentence after its acknowledgement: up to this many words are politeness. */
    private static final int POLITE_REST = 3;

    private final Cues cues = Cues.load("moves.txt");
    private final StopWords stopWords;

    Moves(StopWords stopWords) {
        this.stopWords = stopWords;
    }

    Move of(Utterance student) {
        boolean asks = false;
        boolean stuck = false;
        for (Sentence sentence : student.sentences()) {
            switch (of(sentence)) {
                case ATTEMPT -> {
                    return Move.ATTEMPT;
                }
                case ASK -> asks = true;
                case STUCK -> stuck = true;
                case ACKNOWLEDGE -> {}
            }
        }
        if (stuck) {
            return Move.STUCK;
        }
        return asks ? Move.ASK : Move.ACKNOWLEDGE;
    }

    /** What a student does who speaks first: a request makes the whole message one, whatever else it tells. */
    Move ofOpening(Utterance student) {
        boolean requests =
                student.sentences().stream().map(this::of).anyMatch(move -> move == Move.ASK || move == Move.STUCK);
        return requests ? Move.ASK : of(student);
    }

    Move of(Sentence sentence) {
        List<PhraseTable.Hit> hits = cues.in(sentence);
        if (has(hits, POLITE) && !sentence.hasNumber()) {
            return Move.ACKNOWLEDGE;
        }
        if (has(hits, STUCK) && !sentence.hasNumber()) {
            return Move.STUCK;
        }
        if (sentence.isQuestion()) {
            boolean offers = has(hits, GUESS)
                    || sentence.words().size() <= DOUBTFUL_ANSWER
                    || (sentence.hasNumber() && !has(hits, OPENING));
            return offers && !has(hits, REQUEST) ? Move.ATTEMPT : Move.ASK;
        }
        if (has(hits, REQUEST) && hits.stream().anyMatch(hit -> hit.label().equals(REQUEST) && hit.start() <= 2)) {
            return Move.ASK;
        }
        return hasContent(sentence, hits) ? Move.ATTEMPT : Move.ACKNOWLEDGE;
    }

    private boolean hasContent(Sentence sentence, List<PhraseTable.Hit> hits) {
        if (sentence.hasNumber()) {
            return true;
        }
        int acknowledged = hits.stream()
                .filter(hit -> hit.label().equals(ACKNOWLEDGE))
                .mapToInt(PhraseTable.Hit::length)
                .sum();
        long content = sentence.words().stream().filter(stopWords::isContent).count();
        if (acknowledged == 0) {
            return !sentence.words().isEmpty();
        }
        return content > 0 && sentence.words().size() - acknowledged > POLITE_REST;
    }

    private static boolean has(List<PhraseTable.Hit> hits, String label) {
        return hits.stream().anyMatch(hit -> hit.label().equals(label));
    }
}
