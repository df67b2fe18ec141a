package org.memoryqueue.summariser;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no summary, sorted by what can be done about it. The message is short, stable, and holds no words of the
 * transcript or of an answer, so that it can be shown as the reason for which a job failed. A {@link Summariser} may
 * fail with anything; these are the failures about which more is known.
 */
public abstract sealed class SummariserException extends RuntimeException
        permits SummariserUnavailableException, InvalidAnswerException, RejectedTranscriptException {

    private static final long serialVersionUID = 1L;

    /** Without a stack trace, which would lead nowhere: these come from the other end of a connection. */
    SummariserException(String reason, @Nullable Throwable cause) {
        super(reason, cause, false, false);
    }
}
