package org.memoryqueue.summariser;

/** How many characters the texts may have that are made by a language model. */
public final class TextLimits {

    public static final int SUMMARY = 4_000;
    public static final int TOPIC = 120;

    /** Of what was understood, or is a struggle. */
    public static final int CLAIM = 600;

    public static final int QUOTE = 2_000;
    public static final int PROGRESS = 1_000;
    public static final int NEXT_STEPS = 2_000;

    private TextLimits() {}
}
