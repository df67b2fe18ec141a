package org.memoryqueue.worker.dispatch;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.worker.attempt.Attempts;

/** Takes jobs straight from Postgres, in the same weights, without the index. */
@Singleton
final class PostgresSource {

    private static final Duration LEASE_WITHIN = Duration.ofSeconds(4);
    /** How long to wait before asking again where nothing was due. */
    private static final Duration ASK_EVERY = Duration.ofMillis(500);

    private static final Duration SUSPECTS_EVERY = Duration.ofSeconds(5);

    private final Consumer consumer;
    private final Leases leases;
    private final Attempts attempts;
    private final Quarantine quarantine;
    private long lastSuspects = System.nanoTime();

    PostgresSource(Consumer consumer, Leases leases, Attempts attempts, Quarantine quarantine) {
        this.consumer = consumer;
        this.leases = leases;
        this.attempts = attempts;
        this.quarantine = quarantine;
    }

    /** Takes and starts at most as many jobs as the shares add up to. Fails when Postgres does. */
    Uni<Void> work(Map<Priority, Integer> shares) {
        return lookForSuspects()
                .flatMap(done -> leases.claimDue(shares, consumer.name()))
                .ifNoItem()
                .after(LEASE_WITHIN)
                .fail()
                .invoke(leased -> leased.forEach(lease -> attempts.start(lease, null, false, consumer.name())))
                .flatMap(leased -> leased.isEmpty()
                        ? Uni.createFrom().voidItem().onItem().delayIt().by(ASK_EVERY)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> lookForSuspects() {
        long now = System.nanoTime();
        if (!quarantine.isEmpty() || now - lastSuspects < SUSPECTS_EVERY.toNanos()) {
            return Uni.createFrom().voidItem();
        }
        lastSuspects = now;
        return leases.anySuspect()
                .invoke(found -> found.forEach(job -> quarantine.add(new Quarantine.Suspect(job, null))))
                .replaceWithVoid();
    }
}
