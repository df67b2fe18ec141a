package org.memoryqueue.worker.dispatch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DispatchConfig;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.process.Processes;
import org.memoryqueue.worker.attempt.WorkerConfig;

/**
 * Where this worker takes jobs from at the moment: from the index while it can be written, else straight from Postgres.
 * An index that is readable but full would be read to its end, and what is accepted meanwhile would wait for ever: so it
 * counts only if it takes a write.
 */
@Singleton
public final class DispatchMode {

    private static final Logger LOG = Logger.getLogger(DispatchMode.class);

    private final DueIndex index;
    private final Processes processes;
    private final boolean mayUseIndex;
    private final int slots;
    private volatile boolean usesIndex;

    DispatchMode(
            DueIndex index, Processes processes, DispatchConfig config, WorkerConfig worker, MeterRegistry metrics) {
        this.index = index;
        this.processes = processes;
        this.mayUseIndex = config.dispatch() == Dispatch.AUTO;
        this.slots = worker.concurrency();
        this.usesIndex = mayUseIndex;
        tell();
        Gauge.builder("memory.worker.dispatch", this, mode -> mode.usesIndex ? 1 : 0)
                .description("1 where this worker takes its jobs from")
                .tag("source", "redis")
                .register(metrics);
        Gauge.builder("memory.worker.dispatch", this, mode -> mode.usesIndex ? 0 : 1)
                .description("1 where this worker takes its jobs from")
                .tag("source", "postgres")
                .register(metrics);
    }

    /** Whether jobs are taken from the index. */
    public boolean usesIndex() {
        return usesIndex;
    }

    /** Jobs are taken from Postgres until the index takes a write again. */
    void indexIsAway(Throwable failure) {
        if (usesIndex) {
            usesIndex = false;
            tell();
            LOG.warnf("Taking jobs straight from Postgres: %s", failure);
        }
    }

    /** Looks whether the index is still, or again, to be used. Never fails. */
    Uni<Void> look() {
        if (!mayUseIndex) {
            return Uni.createFrom().voidItem();
        }
        return index.probeWrite()
                .invoke(this::indexIsBack)
                .onFailure()
                .invoke(this::indexIsAway)
                .onFailure()
                .recoverWithNull();
    }

    private void indexIsBack() {
        if (!usesIndex) {
            usesIndex = true;
            tell();
            LOG.info("Taking jobs from the index again");
        }
    }

    private void tell() {
        processes.isWorker(slots, usesIndex ? "redis" : "postgres");
    }
}
