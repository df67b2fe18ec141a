package org.memoryqueue.operator;

import java.util.Locale;

/** What an operator can do, spelt as in the column {@code operator_action.action}. */
public enum Action {
    PAUSE,
    RESUME,
    DRAIN,
    CANCEL,
    RETRY,
    RETRY_MATCHING,
    ERASE,
    ERASE_AGAIN,
    REBUILD_PROFILES,
    CORRECT_MEMORY;

    /** The spelling in the database and on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
