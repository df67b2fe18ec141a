package org.memoryqueue.worker.attempt;

import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.Postponement;

/** The call site of the database, where its faults are met. What the database refuses is not asked again. */
@ApplicationScoped
class DatabaseCall {

    private final Completer completer;
    private final Failures failures;
    private final Postponement postponement;
    private final Leases leases;

    DatabaseCall(Completer completer, Failures failures, Postponement postponement, Leases leases) {
        this.completer = completer;
        this.failures = failures;
        this.postponement = postponement;
        this.leases = leases;
    }

    @Retry(maxRetries = 2, delay = 2, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @RetryWhen(exception = CanHeal.class)
    @ExponentialBackoff(maxDelay = 30, maxDelayUnit = ChronoUnit.SECONDS)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    Uni<CompletionOutcome> complete(Completion completion) {
        return completer.complete(completion);
    }

    @Retry(maxRetries = 2, delay = 2, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @RetryWhen(exception = CanHeal.class)
    @ExponentialBackoff(maxDelay = 30, maxDelayUnit = ChronoUnit.SECONDS)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    Uni<CompletionOutcome> fail(Lease lease, ErrorCode code, String reason) {
        return failures.fail(lease, code, reason);
    }

    @Retry(maxRetries = 2, delay = 2, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @RetryWhen(exception = CanHeal.class)
    @ExponentialBackoff(maxDelay = 30, maxDelayUnit = ChronoUnit.SECONDS)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    Uni<Postponement.Outcome> postpone(Lease lease, Duration atLeast, ErrorCode code, String reason) {
        return postponement.postpone(lease, atLeast, code, reason);
    }

    @Retry(maxRetries = 2, delay = 2, delayUnit = ChronoUnit.SECONDS, jitter = 500)
    @RetryWhen(exception = CanHeal.class)
    @ExponentialBackoff(maxDelay = 30, maxDelayUnit = ChronoUnit.SECONDS)
    @Timeout(value = 10, unit = ChronoUnit.SECONDS)
    Uni<Void> release(Lease lease) {
        return leases.release(List.of(lease));
    }
}
