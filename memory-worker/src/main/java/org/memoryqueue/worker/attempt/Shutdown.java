package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.lease.Leases;

/** Brings what runs to an end: what finishes in time is finished, the rest is released at no cost. */
@Singleton
public final class Shutdown {

    private static final Logger LOG = Logger.getLogger(Shutdown.class);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final HeldJobs held;
    private final Leases leases;
    private final DueIndex index;
    private final Duration grace;

    Shutdown(HeldJobs held, Leases leases, DueIndex index, WorkerConfig config) {
        this.held = held;
        this.leases = leases;
        this.index = index;
        Duration configured = config.shutdownGrace();
        if (configured.isNegative()) {
            throw new IllegalArgumentException("memory.worker.shutdown-grace must not be negative");
        }
        this.grace = configured.isZero() ? Duration.ofMillis(1) : configured;
    }

    /** Completes when nothing is held any more, and the consumer has left. Nothing may be leased meanwhile. */
    public Uni<Void> finishOrRelease(String consumer) {
        return whenEmpty()
                .ifNoItem()
                .after(grace)
                .fail()
                .onFailure(TimeoutException.class)
                .recoverWithNull()
                .flatMap(done -> release(consumer))
                .call(() -> index.leave(consumer).onFailure().recoverWithNull());
    }

    private Uni<Void> whenEmpty() {
        return held.isEmpty()
                ? Uni.createFrom().voidItem()
                : held.nextChange(held.changes(), LOOK_AGAIN).flatMap(changed -> whenEmpty());
    }

    private Uni<Void> release(String consumer) {
        Collection<HeldJob> unfinished = held.all();
        if (unfinished.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        LOG.infof("Releasing %d unfinished jobs", unfinished.size());
        unfinished.forEach(job -> job.callOff(HeldJob.CallOff.NOT_OURS));
        return leases.release(unfinished.stream().map(HeldJob::lease).toList())
                .flatMap(released -> index.handBack(
                        consumer,
                        unfinished.stream()
                                .map(HeldJob::entry)
                                .flatMap(Optional::stream)
                                .toList()))
                .onFailure()
                .invoke(failure -> LOG.warnf("Unfinished jobs are left to their leases: %s", failure))
                .onFailure()
                .recoverWithNull();
    }
}
