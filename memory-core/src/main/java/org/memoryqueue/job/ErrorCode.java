package org.memoryqueue.job;

import java.util.Locale;

/** Why a job failed: one word for the row, the metric's tag and the log. */
public enum ErrorCode {
    /** The transcript cannot be summarised; trying again would not help. */
    SUMMARISER_REFUSED,
    /** The summariser broke in a way that nobody foresaw. */
    SUMMARISER_ERROR,
    /** The database refuses what was to be stored. */
    CONSTRAINT_VIOLATION;

    /** The spelling in the database and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
