package org.memoryqueue.summariser;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A model could not be had, whatever the transcript: what smells of an outage, and must not cost a job its life. */
public final class SummariserUnavailableException extends SummariserException {

    private static final long serialVersionUID = 1L;

    private static final int NO_STATUS = 0;

    private final int status;
    private final boolean configuration;
    private final @Nullable Duration retryAfter;

    private SummariserUnavailableException(
            String reason,
            @Nullable Throwable cause,
            int status,
            boolean configuration,
            @Nullable Duration retryAfter) {
        super(reason, cause);
        this.status = status;
        this.configuration = configuration;
        this.retryAfter = retryAfter;
    }

    /** No answer came: a timeout, or a connection that could not be made or broke. */
    public static SummariserUnavailableException withoutAnswer(String reason, Throwable cause) {
        return new SummariserUnavailableException(reason, cause, NO_STATUS, false, null);
    }

    /** The model answered that it cannot now. */
    public static SummariserUnavailableException overloaded(String reason, int status, Optional<Duration> retryAfter) {
        return new SummariserUnavailableException(reason, null, status, false, retryAfter.orElse(null));
    }

    /** The model answered that it will not, until somebody changes a setting or pays a bill. */
    public static SummariserUnavailableException misconfigured(String reason, int status) {
        return new SummariserUnavailableException(reason, null, status, true, null);
    }

    /** The HTTP status; empty when no answer came. */
    public OptionalInt status() {
        return status == NO_STATUS ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** How long the model asked to be left alone, at most an hour. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether a setting or a bill is at fault, so that every call will fail until a person acts. */
    public boolean isConfiguration() {
        return configuration;
    }

    /** Whether trying again within seconds makes sense: no setting is at fault, and the model named no time to wait. */
    public boolean canHeal() {
        return !configuration && retryAfter == null;
    }
}
