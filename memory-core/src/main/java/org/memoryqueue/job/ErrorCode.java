package org.memoryqueue.job;

import java.util.Locale;

/** Why a job failed: one word for the row, the metric's tag and the log. */
public enum ErrorCode {
    /** The summariser failed. */
    SUMMARISER_ERROR,
    /** The database refuses what was to be stored. */
    CONSTRAINT_VIOLATION;

    /** The spelling in the database and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
