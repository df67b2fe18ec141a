package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How long summarising may take to come a step forward. A step is a call of the summariser that succeeds, so a transcript
 * of many parts has as much time as they take, and work that has come to a standstill has an end.
 */
final class StepDeadline {

    private final Duration limit;
    private final ScheduledExecutorService timers;

    StepDeadline(Duration limit) {
        this(limit, Infrastructure.getDefaultWorkerPool());
    }

    StepDeadline(Duration limit, ScheduledExecutorService timers) {
        if (!limit.isPositive()) {
            throw new IllegalArgumentException("memory.worker.attempt-deadline must be positive");
        }
        this.limit = limit;
        this.timers = timers;
    }

    /** The work, which fails with {@link DeadlineExceededException} where it comes no step forward for too long. */
    <T> Uni<T> hold(HeldJob job, Uni<T> work) {
        Uni<T> standstill = Uni.createFrom()
                .deferred(job::nextStep)
                .ifNoItem()
                .after(limit)
                .on(timers)
                .failWith(job::exceedDeadline)
                .repeat()
                .indefinitely()
                .onItem()
                .ignoreAsUni()
                .onItem()
                .transformToUni(never -> Uni.createFrom().nothing());
        return Uni.join().first(work, standstill).toTerminate();
    }
}
