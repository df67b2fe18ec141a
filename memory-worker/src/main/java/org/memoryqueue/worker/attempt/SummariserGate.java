package org.memoryqueue.worker.attempt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.worker.usage.UsageAccount;

/**
 * Keeps the worker from leasing while the summariser is away, since each job would only be put off. It closes when the
 * circuit breaker opens, and at once when the summariser says that a setting is at fault or names a time to wait. After
 * that one job at a time goes through, until one has been summarised. It is closed, too, while the day's budget for a
 * language model is used up and jobs are to wait for the next.
 */
@Singleton
public final class SummariserGate {

    private static final Logger LOG = Logger.getLogger(SummariserGate.class);

    /** A little longer than the breaker is open, which looks at the time only when it is called. */
    private static final Duration WHILE_OPEN = Duration.ofMillis(SummarisingCall.BREAKER_DELAY + 100);

    /** A wrong key or an unpaid bill needs a person, who is not faster than this. */
    private static final Duration WHILE_MISCONFIGURED = Duration.ofSeconds(15);

    private final CircuitBreakerMaintenance breakers;
    private final UsageAccount account;
    private volatile long closedUntil = System.nanoTime();
    private volatile boolean probing;
    /** Whether it was said why it is away; the breaker, which closes the gate, does not know. */
    private volatile boolean explained;

    SummariserGate(CircuitBreakerMaintenance breakers, UsageAccount account, MeterRegistry metrics) {
        this.breakers = breakers;
        this.account = account;
        breakers.onStateChange(SummarisingCall.BREAKER, state -> {
            if (state == CircuitBreakerState.OPEN) {
                closeFor(WHILE_OPEN);
            }
        });
        Gauge.builder("memory.worker.summariser.available", this, gate -> gate.probing ? 0 : 1)
                .description("0 while the summariser is away and this worker leases no more than probes, else 1")
                .register(metrics);
    }

    /** How many more jobs may be taken, out of so many free slots. */
    public int allow(int free, int held) {
        if (System.nanoTime() - closedUntil < 0 || account.pausesWork()) {
            return 0;
        }
        return probing ? Math.max(0, 1 - held) : free;
    }

    void failed(SummariserUnavailableException failure) {
        if (failure.isConfiguration()) {
            closeFor(WHILE_MISCONFIGURED);
        } else {
            failure.retryAfter().ifPresent(this::closeFor);
        }
        if (probing && !explained) {
            explained = true;
            LOG.warnf("The summariser is away because %s", failure.getMessage());
        }
    }

    void succeeded() {
        // A call that began before it closed is no probe.
        if (probing
                && System.nanoTime() - closedUntil >= 0
                && breakers.currentState(SummarisingCall.BREAKER) == CircuitBreakerState.CLOSED) {
            probing = false;
            LOG.info("The summariser is back");
        }
    }

    private void closeFor(Duration duration) {
        if (!probing) {
            probing = true;
            explained = false;
            LOG.warnf("The summariser is away; jobs wait for it");
        }
        long until = System.nanoTime() + duration.toNanos();
        if (until - closedUntil > 0) {
            closedUntil = until;
        }
    }
}
