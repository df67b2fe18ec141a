package org.memoryqueue.summariser.extractive;

/** What a student does with a message. */
enum Move {
    /** Offers an answer, a guess or a line of reasoning. */
    ATTEMPT,
    /** Asks for something. */
    ASK,
    /** Says that they do not know how to go on. */
    STUCK,
    /** Confirms, thanks, greets; proves nothing, "I understand" included. */
    ACKNOWLEDGE
}
