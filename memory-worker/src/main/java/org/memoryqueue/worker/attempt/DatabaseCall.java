package org.memoryqueue.worker.attempt;

import io.smallrye.faulttolerance.api.ExponentialBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;

/** The call site of the database, where its faults are met. What the database refuses is not asked again. */
@ApplicationScoped
class DatabaseCall {

    private final Completer completer;
    private final Failures failures;

    DatabaseCall(Completer completer, Failures failures) {
        this.completer = completer;
        this.failures = failures;
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
}
