package org.memoryqueue.job;

import java.util.Locale;

/** Why a job failed: one word for the row, the metric's tag and the log. */
public enum ErrorCode {
    /** The summariser failed in a way that it does not explain. */
    SUMMARISER_ERROR,
    /** The summariser could not be reached, or was overloaded or locked, for as long as the queue is patient. */
    SUMMARISER_UNAVAILABLE,
    /** The summariser's answer was not valid, each time it was asked. */
    INVALID_ANSWER,
    /** The summariser refuses this transcript. */
    TRANSCRIPT_REJECTED,
    /** No call of the summariser succeeded within the attempt's deadline, for as long as the queue is patient. */
    DEADLINE_EXCEEDED,
    /** The database refuses what was to be stored. */
    CONSTRAINT_VIOLATION,
    /** The database answered, and could not store anything of the kind, for as long as the queue is patient. */
    STORAGE_ERROR,
    /** The job was lost with its worker again and again, also when it ran alone. */
    POISON;

    /** The spelling in the database and in metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
