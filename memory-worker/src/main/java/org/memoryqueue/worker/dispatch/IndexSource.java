package org.memoryqueue.worker.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.worker.attempt.Attempts;

/** Takes jobs from the index: reads entries, leases what they name, and settles those that cannot be leased. */
@Singleton
final class IndexSource {

    private static final Logger LOG = Logger.getLogger(IndexSource.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Duration RECLAIM_EVERY = Duration.ofSeconds(2);
    /** Of a lease: a statement of milliseconds, unless Postgres is away. */
    private static final Duration LEASE_WITHIN = Duration.ofSeconds(4);
    /** When all that was found is handed back: the next turn would find the same. */
    private static final Duration PAUSE_WHEN_NONE_IS_FREE = Duration.ofMillis(100);

    /** An entry is read before its job is leased, and must not be reclaimed before that lease has run out. */
    private static final Duration AFTER_THE_LEASE = Duration.ofSeconds(1);

    private final Consumer consumer;
    private final DueIndex index;
    private final BlockingRead blockingRead;
    private final Leases leases;
    private final Expiry expiry;
    private final Attempts attempts;
    private final Quarantine quarantine;
    private final Duration lease;
    private long lastReclaim = System.nanoTime() - RECLAIM_EVERY.toNanos();
    /** Whether more is likely to be left behind, so that it is looked for again before anything new is taken. */
    private boolean moreLeftBehind;

    IndexSource(
            Consumer consumer,
            DueIndex index,
            BlockingRead blockingRead,
            Leases leases,
            Expiry expiry,
            Attempts attempts,
            Quarantine quarantine,
            LeaseConfig config) {
        this.consumer = consumer;
        this.index = index;
        this.blockingRead = blockingRead;
        this.leases = leases;
        this.expiry = expiry;
        this.attempts = attempts;
        this.quarantine = quarantine;
        this.lease = config.duration();
    }

    /** Takes and starts at most as many jobs as the shares add up to. Fails when a store does. */
    Uni<Void> work(Map<Priority, Integer> shares) {
        int free = shares.values().stream().mapToInt(Integer::intValue).sum();
        return take(shares)
                .onFailure(DueIndex::isGroupMissing)
                .recoverWithUni(() -> index.createGroups().replaceWith(List.of()))
                .flatMap(entries -> work(entries, free));
    }

    /** What others have left behind, then what is new; where there is neither, what comes within a moment. */
    private Uni<List<StreamEntry>> take(Map<Priority, Integer> shares) {
        return reclaim(shares)
                .flatMap(reclaimed -> index.read(consumer.name(), rest(shares, reclaimed))
                        .onFailure()
                        .call(failure -> reclaimed.isEmpty() ? Uni.createFrom().voidItem() : handBack(reclaimed))
                        .map(read ->
                                Stream.concat(reclaimed.stream(), read.stream()).toList()))
                .flatMap(entries -> entries.isEmpty()
                        ? blockingRead.next(consumer.name(), PATIENCE)
                        : Uni.createFrom().item(entries));
    }

    /** The shares less what has been taken; what exceeded its own share goes off the others'. */
    private static Map<Priority, Integer> rest(Map<Priority, Integer> shares, List<StreamEntry> taken) {
        Map<Priority, Integer> rest = new EnumMap<>(Priority.class);
        rest.putAll(shares);
        for (StreamEntry entry : taken) {
            Stream.concat(Stream.of(entry.stream()), Priority.ALL.stream())
                    .filter(priority -> rest.getOrDefault(priority, 0) > 0)
                    .findFirst()
                    .ifPresent(priority -> rest.merge(priority, -1, Integer::sum));
        }
        return rest;
    }

    private Uni<List<StreamEntry>> reclaim(Map<Priority, Integer> shares) {
        long now = System.nanoTime();
        if (!moreLeftBehind && now - lastReclaim < RECLAIM_EVERY.toNanos()) {
            return Uni.createFrom().item(List.of());
        }
        lastReclaim = now;
        return index.reclaim(consumer.name(), lease.plus(AFTER_THE_LEASE), shares)
                .invoke(found -> moreLeftBehind = !found.isEmpty())
                .call(found -> found.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : expire(found.stream().map(StreamEntry::jobId).toList())
                                .onFailure()
                                .call(failure -> handBack(found)));
    }

    private Uni<Void> expire(List<Long> jobs) {
        return expiry.expire(jobs)
                .invoke(expired -> expired.poison().forEach(job -> LOG.warnf("Job %d failed: poison", job)))
                .replaceWithVoid()
                .ifNoItem()
                .after(LEASE_WITHIN)
                .fail();
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
                .ifNoItem()
                .after(LEASE_WITHIN)
                .fail()
                .onFailure()
                .call(failure -> handBack(entries))
                .invoke(claim -> claim.leased()
                        .forEach(leased -> attempts.start(leased, byJob.get(leased.jobId()), false, consumer.name())))
                .flatMap(claim -> settle(entries, byJob, claim));
    }

    /** Only what is finished or unknown is acknowledged; what others hold is left to them. */
    private Uni<Void> settle(List<StreamEntry> entries, Map<Long, StreamEntry> byJob, Claim claim) {
        claim.refused().forEach(refused -> LOG.debugf("Job %d is not leased: %s", refused.jobId(), refused.reason()));
        List<StreamEntry> done = new ArrayList<>(refused(byJob, claim, Claim.Refusal::isFinal));
        // Two entries of one job: one is enough.
        entries.stream().filter(entry -> byJob.get(entry.jobId()) != entry).forEach(done::add);
        List<StreamEntry> later = new ArrayList<>(refused(byJob, claim, IndexSource::isFreeInAMoment));
        List<StreamEntry> suspects = refused(byJob, claim, reason -> reason instanceof Claim.Suspect);
        if (!suspects.isEmpty() && quarantine.isEmpty()) {
            StreamEntry first = suspects.getFirst();
            quarantine.add(new Quarantine.Suspect(first.jobId(), first));
            later.addAll(suspects.subList(1, suspects.size()));
        } else {
            later.addAll(suspects);
        }
        return (done.isEmpty() ? Uni.createFrom().voidItem() : index.acknowledge(done))
                .flatMap(acknowledged -> later.isEmpty() ? Uni.createFrom().voidItem() : handBack(later))
                .flatMap(settled -> claim.leased().isEmpty() && !later.isEmpty()
                        ? pause()
                        : Uni.createFrom().voidItem());
    }

    private static Uni<Void> pause() {
        return Uni.createFrom().voidItem().onItem().delayIt().by(PAUSE_WHEN_NONE_IS_FREE);
    }

    private static List<StreamEntry> refused(
            Map<Long, StreamEntry> byJob, Claim claim, Predicate<Claim.Refusal> because) {
        return claim.refused().stream()
                .filter(refused -> because.test(refused.reason()))
                .flatMap(refused -> Stream.ofNullable(byJob.get(refused.jobId())))
                .toList();
    }

    /** A row that somebody is changing, or a queue that is paused: its entry must not wait for a lease to run out. */
    private static boolean isFreeInAMoment(Claim.Refusal reason) {
        return reason instanceof Claim.Held held && held.until() == null || reason instanceof Claim.Halted;
    }

    /** What is handed back goes first in the next turn: else every turn of an outage would take and keep new entries. */
    private Uni<Void> handBack(List<StreamEntry> entries) {
        moreLeftBehind = true;
        return index.handBack(consumer.name(), entries);
    }
}
