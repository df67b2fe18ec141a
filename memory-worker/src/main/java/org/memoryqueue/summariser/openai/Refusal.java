package org.memoryqueue.summariser.openai;

import org.jspecify.annotations.Nullable;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;

/** Sorts the answers that are none, by their HTTP status. */
final class Refusal {

    private static final int BAD_GATEWAY = 502;

    private Refusal() {}

    /**
     * The failure that a status other than 2xx means. What is not known to concern this one transcript counts as an
     * outage, so that a wrong setting does not cost every job its life.
     *
     * @param retryAfter the response's header of that name, null when it had none
     * @param date the response's header of that name, null when it had none
     */
    static SummariserException of(int status, @Nullable String retryAfter, @Nullable String date) {
        String reason = "the model answered with status " + status;
        boolean passes = status >= 500 || status == 408 || status == 425 || status == 429;
        if (status == 400 || status == 413 || status == 422) {
            return new RejectedTranscriptException(reason);
        }
        return passes
                ? SummariserUnavailableException.overloaded(reason, status, RetryAfter.parse(retryAfter, date))
                : SummariserUnavailableException.misconfigured(reason, status);
    }

    /** The failure that a gateway reports within a 200; a code that is no status of a failure counts as 502. */
    static SummariserException reported(int code) {
        return of(code >= 400 && code < 600 ? code : BAD_GATEWAY, null, null);
    }
}
