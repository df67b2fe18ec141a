package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;
import org.memoryqueue.lease.LeaseConfig;

/**
 * Makes one process at a time the leader: a lease in the database, on the database's clock. The leader also notes that
 * it has seen the database; a gap means that it was away, and that nobody could renew a lease.
 */
@Singleton
final class Leadership {

    // A gap of half a lease: after a shorter one, whoever renews at a third of a lease still does so in time.
    private static final String LEAD = """
            UPDATE memory.maintenance_leader
               SET holder = $1, until = now() + $2 * interval '1 millisecond', seen_at = now(),
                   available_since = CASE WHEN seen_at > now() - $3 * interval '1 millisecond' / 2
                                          THEN available_since ELSE now() END
             WHERE holder = $1 OR until < now()
            """;

    private static final String RESIGN = """
            UPDATE memory.maintenance_leader SET until = now() WHERE holder = $1
            """;

    private final Pool pool;
    private final long leaseMillis;
    private final String holder = UUID.randomUUID().toString();

    Leadership(Pool pool, LeaseConfig leases, MaintenanceConfig config) {
        this.pool = pool;
        this.leaseMillis = leases.duration().toMillis();
        if (!config.every().isPositive() || config.every().multipliedBy(3).toMillis() > leaseMillis) {
            throw new IllegalArgumentException(
                    "memory.maintenance.every must be positive, and at most a third of memory.lease.duration: else"
                            + " each round would look like the end of an outage");
        }
    }

    /** Becomes or stays the leader, unless another is; lasts for the given time. */
    Uni<Boolean> acquire(Duration term) {
        return pool.preparedQuery(LEAD)
                .execute(Tuple.of(holder, term.toMillis(), leaseMillis))
                .map(result -> result.rowCount() == 1);
    }

    /** Leaves the lead to whoever takes it. */
    Uni<Void> resign() {
        return pool.preparedQuery(RESIGN).execute(Tuple.of(holder)).replaceWithVoid();
    }
}
