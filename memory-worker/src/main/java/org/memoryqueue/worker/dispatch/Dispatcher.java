package org.memoryqueue.worker.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.worker.attempt.Attempts;
import org.memoryqueue.worker.attempt.HeldJobs;

/** One turn of the loop: take what the free slots allow, lease it, start to work on it. */
@Singleton
final class Dispatcher {

    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration RECLAIM_EVERY = Duration.ofSeconds(2);

    /** An entry is read before its job is leased, and must not be reclaimed before that lease has run out. */
    private static final Duration AFTER_THE_LEASE = Duration.ofSeconds(1);

    private final Consumer consumer;
    private final DueIndex index;
    private final BlockingRead blockingRead;
    private final Leases leases;
    private final HeldJobs held;
    private final Attempts attempts;
    private final Duration lease;
    private final WeightedTurns turns = new WeightedTurns();
    private long lastReclaim = System.nanoTime() - RECLAIM_EVERY.toNanos();

    /** Whether more is likely to be left behind, so that it is looked for again before anything new is taken. */
    private boolean moreLeftBehind;

    Dispatcher(
            Consumer consumer,
            DueIndex index,
            BlockingRead blockingRead,
            Leases leases,
            HeldJobs held,
            Attempts attempts,
            LeaseConfig config) {
        this.consumer = consumer;
        this.index = index;
        this.blockingRead = blockingRead;
        this.leases = leases;
        this.held = held;
        this.attempts = attempts;
        this.lease = config.duration();
    }

    /** Turns once. Fails when a store does. */
    Uni<Void> turn() {
        int free = held.free();
        if (free == 0) {
            return held.nextChange(PATIENCE);
        }
        return take(free)
                .onFailure(DueIndex::isGroupMissing)
                .recoverWithUni(() -> index.createGroups().replaceWith(List.of()))
                .flatMap(entries -> work(entries, free));
    }

    /** What others have left behind, else what is new, else what comes within a moment. */
    private Uni<List<StreamEntry>> take(int free) {
        return reclaim(free)
                .flatMap(reclaimed -> reclaimed.isEmpty()
                        ? index.read(consumer.name(), turns.deal(free))
                        : Uni.createFrom().item(reclaimed))
                .flatMap(entries -> entries.isEmpty()
                        ? blockingRead.next(consumer.name(), PATIENCE)
                        : Uni.createFrom().item(entries));
    }

    private Uni<List<StreamEntry>> reclaim(int free) {
        long now = System.nanoTime();
        if (!moreLeftBehind && now - lastReclaim < RECLAIM_EVERY.toNanos()) {
            return Uni.createFrom().item(List.of());
        }
        lastReclaim = now;
        return index.reclaim(consumer.name(), lease.plus(AFTER_THE_LEASE), free)
                .invoke(found -> moreLeftBehind = !found.isEmpty());
    }

    /** A blocking read may return an entry of each stream: what exceeds the free slots is handed back. */
    private Uni<Void> work(List<StreamEntry> entries, int free) {
        if (entries.size() <= free) {
            return lease(entries);
        }
        return handBack(entries.subList(free, entries.size())).flatMap(done -> lease(entries.subList(0, free)));
    }

    private Uni<Void> lease(List<StreamEntry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<Long, StreamEntry> byJob = entries.stream()
                .collect(Collectors.toMap(StreamEntry::jobId, Function.identity(), (first, second) -> first));
        return leases.claim(byJob.keySet(), consumer.name())
                .onFailure()
                .call(failure -> handBack(entries))
                .invoke(claim -> claim.leased().forEach(leased -> start(leased, byJob)))
                .flatMap(claim -> acknowledgeDone(entries, byJob, claim)
                        .flatMap(done -> index.handBack(consumer.name(), lockedAtThisMoment(byJob, claim))));
    }

    /** What is handed back goes first in the next turn: else every turn of an outage would take and keep new entries. */
    private Uni<Void> handBack(List<StreamEntry> entries) {
        moreLeftBehind = true;
        return index.handBack(consumer.name(), entries);
    }

    private void start(Lease leased, Map<Long, StreamEntry> byJob) {
        StreamEntry entry = byJob.get(leased.jobId());
        if (entry != null) {
            attempts.start(leased, entry);
        }
    }

    /** A row that somebody is changing is free in a moment; until then its entry must not wait for a lease to run out. */
    private static List<StreamEntry> lockedAtThisMoment(Map<Long, StreamEntry> byJob, Claim claim) {
        return claim.refused().stream()
                .filter(refused -> refused.reason() instanceof Claim.Held held && held.until() == null)
                .map(refused -> byJob.get(refused.jobId()))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Only what is finished or unknown is acknowledged; what others hold is left to them. */
    private Uni<Void> acknowledgeDone(List<StreamEntry> entries, Map<Long, StreamEntry> byJob, Claim claim) {
        List<StreamEntry> done = new ArrayList<>();
        for (Claim.Refused refused : claim.refused()) {
            LOG.debugf("Job %d is not leased: %s", refused.jobId(), refused.reason());
            if (refused.reason().isFinal()) {
                entries.stream()
                        .filter(entry -> entry.jobId() == refused.jobId())
                        .forEach(done::add);
            }
        }
        // Two entries of one job: one is enough.
        entries.stream()
                .filter(entry -> !done.contains(entry) && byJob.get(entry.jobId()) != entry)
                .forEach(done::add);
        return done.isEmpty() ? Uni.createFrom().voidItem() : index.acknowledge(done);
    }
}
