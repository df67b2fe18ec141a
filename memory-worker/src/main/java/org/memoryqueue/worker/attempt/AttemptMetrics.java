package org.memoryqueue.worker.attempt;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Locale;
import org.memoryqueue.job.Priority;

/** The metrics of attempts; docs/metrics.md lists them. */
@Singleton
final class AttemptMetrics {

    /** How an attempt can end. */
    enum Outcome {
        /** The memory is stored. */
        COMPLETED,
        /** The job is a dead letter. */
        FAILED,
        /** The lease had been lost; nothing was stored. */
        STALE,
        /** The lease was lost or released while the work was under way. */
        CALLED_OFF,
        /** The job ended while the work was under way: called off by an operator, erased, or done by another. */
        CANCELLED,
        /** What it needs is away; it is due again later. */
        POSTPONED,
        /** What it needs is known to be away; it waits on. */
        RELEASED
    }

    private final MeterRegistry registry;

    AttemptMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void started(Priority priority) {
        registry.counter("memory.attempts.started", "priority", priority.word()).increment();
    }

    void ended(Priority priority, Outcome outcome, Duration duration) {
        Timer.builder("memory.attempts")
                .description("How long attempts took, from the lease to their end")
                .tag("priority", priority.word())
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(2))
                .register(registry)
                .record(duration);
    }
}
