package org.memoryqueue.summariser.extractive;

/** What a tutor's reaction says about the answer before it. */
enum Verdict {
    RIGHT,
    /** Praised, with a correction. */
    PARTLY,
    /** Sent back to think again, without a word on right or wrong. */
    DOUBTED,
    WRONG,
    /** The reaction does not say, or there is none. */
    OPEN;

    /** Whether the answer was turned down, in whole or in part. */
    boolean isRejection() {
        return this == PARTLY || this == DOUBTED || this == WRONG;
    }
}
