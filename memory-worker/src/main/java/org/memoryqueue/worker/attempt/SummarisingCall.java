package org.memoryqueue.worker.attempt;

import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.SummariserUnavailableException;

/**
 * The call site of the summariser, where its faults are met: what can heal within seconds is tried again; when half of
 * the calls find it away, it is left alone for a while. A summariser that asks several times for one transcript has each
 * call guarded by itself.
 */
@ApplicationScoped
class SummarisingCall {

    /** Of the circuit breaker. */
    static final String BREAKER = "summariser";

    /** How long the breaker stays open, in milliseconds. */
    static final long BREAKER_DELAY = 5_000;

    private final CircuitBreakerMaintenance breakers;

    SummarisingCall(CircuitBreakerMaintenance breakers) {
        this.breakers = breakers;
    }

    /**
     * Makes a call. Fault Tolerance does not pass a cancellation on, so the call is raced against its end within: the
     * loser of a race is cancelled, and with it the request to a model.
     *
     * @param call begins anew each time that it is asked for
     */
    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    @Retry(maxRetries = 2, delay = 2, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @RetryWhen(exception = CanHealInSeconds.class)
    @ExponentialBackoff(maxDelay = 30, maxDelayUnit = ChronoUnit.SECONDS)
    @CircuitBreaker(
            requestVolumeThreshold = 10,
            failureRatio = 0.5,
            delay = BREAKER_DELAY,
            // What goes first of a long transcript goes alone: it would meet a half-open breaker with its other parts.
            successThreshold = 1,
            failOn = {SummariserUnavailableException.class, TimeoutException.class, UnfinishedProbeException.class})
    @CircuitBreakerName(BREAKER)
    <T> Uni<T> make(HeldJob job, Supplier<Uni<T>> call) {
        Uni<T> made = Uni.createFrom()
                .deferred(call::get)
                .onItem()
                .ifNull()
                .failWith(() -> new InvalidAnswerException("The summariser answered nothing"))
                .onFailure()
                .invoke(job::met);
        return Uni.join()
                .first(job.<T>failureWhenUnwanted(), made)
                .toTerminate()
                .onFailure(SummarisingCall::isGivenUp)
                .transform(this::notProven);
    }

    private static boolean isGivenUp(Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof CalledOffException
                || failure instanceof DeadlineExceededException;
    }

    /**
     * A call that was given up says nothing of the summariser. The breaker knows only success and failure: as a success such
     * a call would close a half-open breaker, as a failure it would open a closed one.
     */
    private Throwable notProven(Throwable givenUp) {
        return breakers.currentState(BREAKER) == CircuitBreakerState.HALF_OPEN
                ? new UnfinishedProbeException(givenUp)
                : givenUp;
    }

    /** A call that was given up while it was to show whether the summariser is back. Its cause says why. */
    static final class UnfinishedProbeException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnfinishedProbeException(Throwable cause) {
            super("given up", cause, false, false);
        }
    }

    /** Whether asking again within seconds can help. Public, for Fault Tolerance makes it. */
    public static final class CanHealInSeconds implements Predicate<Throwable> {

        @Override
        public boolean test(Throwable failure) {
            return failure instanceof SummariserUnavailableException unavailable && unavailable.canHeal()
                    || failure instanceof InvalidAnswerException
                    || failure instanceof TimeoutException;
        }
    }
}
