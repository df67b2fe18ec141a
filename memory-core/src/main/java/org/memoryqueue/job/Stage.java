package org.memoryqueue.job;

import java.util.Locale;

/** How far a running attempt is, as the database and the progress on the wire show it. */
public enum Stage {
    /** It was leased a moment ago. */
    LEASED(10),
    /** The summariser is at work. */
    SUMMARISING(30),
    /** The summary is there, and its effects are being stored. */
    STORING(70);

    private final int progress;

    Stage(int progress) {
        this.progress = progress;
    }

    /** In percent. */
    public int progress() {
        return progress;
    }

    /** The spelling in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stage that is spelt so in the database. */
    public static Stage ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
