package org.memoryqueue.summariser.extractive;

/**
 * A candidate for a topic, at one place of the conversation.
 *
 * @param name the topic in its normal form
 * @param kind how it was recognised
 * @param utterance who said it, and where
 * @param sentence the sentence that says it
 * @param start where in the text of the sentence it begins
 * @param nounCues how much speaks for its being the name of a thing: above 0 for it, below 0 against it
 */
record Mention(String name, Kind kind, Utterance utterance, Sentence sentence, int start, int nounCues) {

    /** How a candidate was recognised, best first. */
    enum Kind {
        /** A term of a school subject, by one of its words. */
        TERM(4),
        /** Two neighbouring words of content. */
        PAIR(3),
        /** A word of content. */
        WORD(2),
        /** A term of a school subject, by its sign. */
        SIGN(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }
}
