package org.memoryqueue.control;

import java.util.Locale;

/** Whether the queue hands out work. In every mode it accepts, and what runs is finished. */
public enum QueueMode {
    /** It does. */
    RUNNING,
    /** It does not, and its waiting jobs show as paused. */
    PAUSED,
    /** It does not, so that the workers become idle: before a change that needs them so. */
    DRAINING;

    /** The spelling in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode that is spelt so. */
    public static QueueMode ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
