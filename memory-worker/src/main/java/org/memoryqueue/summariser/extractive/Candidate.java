package org.memoryqueue.summariser.extractive;

import java.util.List;

/** A topic in the making: gathers its mentions and scores them. An utterance counts once, however often it repeats. */
final class Candidate {

    private static final int ENOUGH_UTTERANCES = 2;

    private Mention best;
    private Mention.Kind kind;
    private int byTutor;
    private int byStudent;
    private int nounCues;
    private boolean inOpening;

    Candidate(Mention first) {
        best = first;
        kind = first.kind();
    }

    /**
     * Adds a mention.
     *
     * @param firstInUtterance whether this utterance has not mentioned it yet
     * @param opening whether it stands in the opening, where the task is set
     */
    void add(Mention mention, boolean firstInUtterance, boolean opening) {
        if (mention.kind().compareTo(kind) < 0) {
            kind = mention.kind();
        }
        if (best.utterance().byStudent() && !mention.utterance().byStudent()) {
            best = mention;
        }
        nounCues += mention.nounCues();
        inOpening |= opening;
        if (firstInUtterance && mention.utterance().byStudent()) {
            byStudent++;
        } else if (firstInUtterance) {
            byTutor++;
        }
    }

    String name() {
        return best.name();
    }

    List<String> words() {
        return List.of(best.name().split(" "));
    }

    Mention.Kind kind() {
        return kind;
    }

    boolean isTerm() {
        return kind == Mention.Kind.TERM || kind == Mention.Kind.SIGN;
    }

    int utterances() {
        return byTutor + byStudent;
    }

    boolean isInOpening() {
        return inOpening;
    }

    /** A term needs the tutor's word, the opening, or to come back; any other word both. */
    boolean isEligible() {
        boolean grounded = byTutor > 0 || inOpening;
        return switch (kind) {
            case TERM -> grounded || byStudent >= ENOUGH_UTTERANCES;
            case SIGN -> byTutor > 0 || byStudent >= ENOUGH_UTTERANCES;
            case PAIR, WORD -> grounded && utterances() >= ENOUGH_UTTERANCES;
        };
    }

    /** Whether it shows to be the name of a thing. */
    boolean isThing() {
        return nounCues > 0;
    }

    int score() {
        return kind.weight() * (2 * byTutor + byStudent + (inOpening ? 2 : 0));
    }

    Topic topic() {
        return new Topic(name(), best);
    }
}
