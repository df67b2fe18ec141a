package org.memoryqueue.summariser.extractive;

import org.memoryqueue.memory.Evidence;

/**
 * What a session was about.
 *
 * @param name its normal form: lower case, singular
 * @param first where it was first said by the tutor, or else by the student
 */
record Topic(String name, Mention first) {

    private static final int QUOTED_WORDS = 20;

    /** Whether it is a term of a school subject, rather than a word of the task. */
    boolean isTerm() {
        return first.kind() == Mention.Kind.TERM || first.kind() == Mention.Kind.SIGN;
    }

    Evidence evidence() {
        Quote quote = Quote.around(first.utterance(), first.sentence(), first.start(), QUOTED_WORDS);
        return new Evidence(Evidence.Kind.TOPIC, name, quote.messageIndex(), quote.text());
    }
}
