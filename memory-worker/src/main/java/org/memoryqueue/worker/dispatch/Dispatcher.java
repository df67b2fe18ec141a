package org.memoryqueue.worker.dispatch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.IndexUnavailableException;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.worker.attempt.Attempts;
import org.memoryqueue.worker.attempt.HeldJobs;
import org.memoryqueue.worker.attempt.SummariserGate;
import org.memoryqueue.worker.dispatch.Quarantine.Suspect;

/** One turn of the loop: take what the free slots allow, lease it, start to work on it. */
@Singleton
final class Dispatcher {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration LEASE_WITHIN = Duration.ofSeconds(4);
    /** Of one turn: transcripts may be large, and all of a turn come in one answer, which must come in time. */
    private static final int MAX_AT_ONCE = 50;

    private final Vertx vertx;
    private final Orders orders;
    private final SummariserGate gate;
    private final HeldJobs held;
    private final Quarantine quarantine;
    private final DispatchMode mode;
    private final IndexSource indexSource;
    private final PostgresSource postgresSource;
    private final Leases leases;
    private final DueIndex index;
    private final Attempts attempts;
    private final Consumer consumer;
    private final WeightedTurns turns = new WeightedTurns();

    Dispatcher(
            Vertx vertx,
            Orders orders,
            SummariserGate gate,
            HeldJobs held,
            Quarantine quarantine,
            DispatchMode mode,
            IndexSource indexSource,
            PostgresSource postgresSource,
            Leases leases,
            DueIndex index,
            Attempts attempts,
            Consumer consumer) {
        this.vertx = vertx;
        this.orders = orders;
        this.gate = gate;
        this.held = held;
        this.quarantine = quarantine;
        this.mode = mode;
        this.indexSource = indexSource;
        this.postgresSource = postgresSource;
        this.leases = leases;
        this.index = index;
        this.attempts = attempts;
        this.consumer = consumer;
    }

    /** Turns once. Fails when a store does. */
    Uni<Void> turn() {
        long seen = held.changes();
        if (held.isQuarantined()) {
            return nextChange(seen);
        }
        int free = orders.isHalted() ? 0 : gate.allow(held.free(), held.count());
        if (free == 0) {
            return nextChange(seen);
        }
        Suspect suspect = quarantine.peek();
        if (suspect != null) {
            return held.count() > 0 ? keep(suspect).flatMap(kept -> nextChange(seen)) : runAlone(suspect);
        }
        Map<Priority, Integer> shares = turns.deal(Math.min(free, MAX_AT_ONCE));
        return mode.usesIndex()
                ? indexSource
                        .work(shares)
                        .onFailure(IndexUnavailableException.class)
                        .invoke(mode::indexIsAway)
                        .onFailure(IndexUnavailableException.class)
                        .recoverWithNull()
                : postgresSource.work(shares);
    }

    /** The jobs of a group commit end one right after the other: what takes their places is taken together, after all. */
    private Uni<Void> nextChange(long seen) {
        return held.nextChange(seen, PATIENCE).emitOn(MutinyHelper.executor(vertx.getOrCreateContext()));
    }

    /** Its entry waits with this worker for the others to end: else another worker would wait for it, too. */
    private Uni<Void> keep(Suspect suspect) {
        return suspect.entry() == null
                ? Uni.createFrom().voidItem()
                : index.renew(consumer.name(), List.of(suspect.entry()))
                        .onFailure()
                        .recoverWithNull();
    }

    /** Lets others have the suspect that waits, if one does. Never fails. */
    Uni<Void> leave() {
        Suspect suspect = quarantine.peek();
        if (suspect == null || suspect.entry() == null) {
            return Uni.createFrom().voidItem();
        }
        return index.handBack(consumer.name(), List.of(suspect.entry()))
                .onFailure()
                .recoverWithNull();
    }

    /** A suspect that is not leased now is settled when its entry is next looked at. */
    private Uni<Void> runAlone(Suspect suspect) {
        return leases.claimAlone(suspect.jobId(), consumer.name())
                .ifNoItem()
                .after(LEASE_WITHIN)
                .fail()
                .invoke(claim -> {
                    quarantine.clear();
                    claim.leased().forEach(lease -> attempts.start(lease, suspect.entry(), true, consumer.name()));
                })
                .flatMap(claim -> claim.leased().isEmpty() && suspect.entry() != null
                        ? index.handBack(consumer.name(), List.of(suspect.entry()))
                        : Uni.createFrom().voidItem());
    }
}
