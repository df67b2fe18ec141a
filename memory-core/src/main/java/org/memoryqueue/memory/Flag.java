package org.memoryqueue.memory;

/** The words by which a memory warns its reader. They are stored and stand on the wire: one that was given stays. */
public final class Flag {

    /**
     * Something in the transcript reads as if it were meant to instruct whoever summarises it. The conversation is
     * remembered all the same; what its memory says deserves a second look.
     */
    public static final String INSTRUCTIONS_IN_TRANSCRIPT = "instructions_in_transcript";

    private Flag() {}
}
