package org.memoryqueue.maintenance;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.memoryqueue.database.Schema;
import org.memoryqueue.dispatch.DispatchConfig;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;

/**
 * Looks after the queue, in one process at a time. Both services can lead, so that it is also done when there are no
 * workers. A duty that fails does not keep the others from being done, and one that takes long does not cost the
 * leadership. A leader that fails at the index for long steps down: perhaps it alone cannot reach Redis.
 */
@Singleton
public final class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);
    /** A leader that is gone is followed after this many rounds. */
    private static final int TERM_IN_ROUNDS = 5;
    /** A leader that fails at the index for so many terms steps down, and lets the others have this many terms. */
    private static final int FAILING_TERMS = 6;

    private static final int STANDING_BACK_TERMS = 1;
    /** Of a duty; a store that has become a black hole must not hold up the others for ever. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of a duty that reads the whole index. */
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(10);

    private final Schema schema;
    private final Leadership leadership;
    private final Duration term;
    private final List<Duty> duties;
    private final List<Duty> indexDuties;
    private final Optional<Duty> repair;
    private final List<Duty> housekeeping;
    private volatile long leadsUntil = System.nanoTime();
    private volatile long leadsSince = System.nanoTime();
    private volatile long standsBackUntil = System.nanoTime();

    Maintenance(
            Schema schema,
            Leadership leadership,
            LostLeases lostLeases,
            DelayedJobs delayedJobs,
            IndexRepair indexRepair,
            Retention retention,
            DeadConsumers deadConsumers,
            ConnectionBudget connections,
            DispatchConfig dispatch,
            MaintenanceConfig config) {
        this.schema = schema;
        this.leadership = leadership;
        this.term = config.every().multipliedBy(TERM_IN_ROUNDS);
        this.duties = List.of(
                new Duty("reclaiming lost leases", config.every(), PATIENCE, lostLeases::reclaim),
                new Duty("promoting delayed jobs", config.every(), PATIENCE, delayedJobs::promote));
        this.housekeeping = List.of(
                new Duty("removing old jobs", Duration.ofSeconds(5), PATIENCE, retention::prune),
                new Duty("removing failed jobs", Duration.ofMinutes(10), PATIENCE, retention::pruneFailed),
                new Duty("removing old keys of requests", Duration.ofMinutes(1), PATIENCE, retention::pruneKeys),
                new Duty("removing old actions of operators", Duration.ofHours(1), PATIENCE, retention::pruneAudit),
                new Duty("removing old usage of models", Duration.ofMinutes(10), PATIENCE, retention::pruneUsage),
                new Duty("checking the connections", Duration.ofSeconds(5), PATIENCE, connections::check));
        this.repair = dispatch.dispatch() == Dispatch.AUTO
                ? Optional.of(new Duty("repairing the index", config.every(), LONG_PATIENCE, indexRepair::repair))
                : Optional.empty();
        this.indexDuties = repair.map(duty -> List.of(
                        duty,
                        new Duty("removing dead consumers", Duration.ofMinutes(1), PATIENCE, deadConsumers::remove)))
                .orElse(List.of());
    }

    private static final class Duty {

        private final String name;
        private final Duration every;
        private final Duration patience;
        private final Supplier<Uni<Void>> work;
        private long lastDone;
        private volatile long lastSuccess = System.nanoTime();
        private volatile boolean failing;

        Duty(String name, Duration every, Duration patience, Supplier<Uni<Void>> work) {
            this.name = name;
            this.every = every;
            this.patience = patience;
            this.work = work;
            this.lastDone = System.nanoTime() - every.toNanos();
        }

        /** For how long it has failed without a break since a moment; 0 when it does not. */
        long failingNanos(long since) {
            long now = System.nanoTime();
            return failing ? Math.min(now - lastSuccess, now - since) : 0;
        }

        /** Never fails, and says once when it begins to fail. A round may come a little early. */
        Uni<Void> doIfDue() {
            if (System.nanoTime() - lastDone < every.toNanos() / 10 * 9) {
                return Uni.createFrom().voidItem();
            }
            lastDone = System.nanoTime();
            return Uni.createFrom()
                    .deferred(work::get)
                    .ifNoItem()
                    .after(patience)
                    .fail()
                    .invoke(done -> {
                        lastSuccess = System.nanoTime();
                        failing = false;
                    })
                    .onFailure()
                    .invoke(failure -> {
                        LOG.logf(failing ? Logger.Level.DEBUG : Logger.Level.WARN, "Failed at %s: %s", name, failure);
                        failing = true;
                    })
                    .onFailure()
                    .recoverWithNull();
        }
    }

    /** Becomes or stays the leader, or steps down. Never fails. */
    @Scheduled(every = "${memory.maintenance.every:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> lead() {
        long asked = System.nanoTime();
        return (mustStepDown() ? stepDown() : acquire())
                .ifNoItem()
                .after(term)
                .fail()
                .invoke(leads -> {
                    if (leads) {
                        leadsSince = isLeader() ? leadsSince : asked;
                        leadsUntil = asked + term.toNanos();
                    }
                })
                .onFailure()
                .invoke(failure -> LOG.debugf("Nobody can lead at the moment: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Boolean> acquire() {
        if (System.nanoTime() - standsBackUntil < 0) {
            return Uni.createFrom().item(false);
        }
        return schema.isMigrated()
                .flatMap(migrated ->
                        migrated ? leadership.acquire(term) : Uni.createFrom().item(false));
    }

    private boolean mustStepDown() {
        long tooLong = term.multipliedBy(FAILING_TERMS).toNanos();
        return isLeader() && repair.stream().anyMatch(duty -> duty.failingNanos(leadsSince) > tooLong);
    }

    private Uni<Boolean> stepDown() {
        leadsUntil = System.nanoTime();
        standsBackUntil = leadsUntil + term.multipliedBy(STANDING_BACK_TERMS).toNanos();
        LOG.debug("Others may lead, who can perhaps reach Redis");
        return leadership.resign().replaceWith(false);
    }

    /** One round of duties, of the leader only. Never fails. */
    @Scheduled(every = "${memory.maintenance.every:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> round() {
        return doInTurn(duties);
    }

    /** One round of the duties that may take long, beside the others. Never fails. */
    @Scheduled(every = "${memory.maintenance.every:1s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> indexRound() {
        return doInTurn(indexDuties);
    }

    /** One round of what is never urgent, and may have much to do. Never fails. */
    @Scheduled(every = "10s", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> housekeepingRound() {
        return doInTurn(housekeeping);
    }

    private Uni<Void> doInTurn(List<Duty> todo) {
        return Multi.createFrom()
                .iterable(todo)
                .onItem()
                .transformToUniAndConcatenate(
                        duty -> isLeader() ? duty.doIfDue() : Uni.createFrom().voidItem())
                .onItem()
                .ignoreAsUni();
    }

    private boolean isLeader() {
        return System.nanoTime() - leadsUntil < 0;
    }
}
