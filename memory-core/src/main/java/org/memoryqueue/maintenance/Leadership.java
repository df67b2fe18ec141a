package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.UUID;

/** Makes one process at a time the leader: a lease in the database, on the database's clock. */
@Singleton
final class Leadership {

    private static final String LEAD = """
            UPDATE memory.maintenance_leader
               SET holder = $1, until = now() + $2 * interval '1 millisecond'
             WHERE holder = $1 OR until < now()
            """;

    private final Pool pool;
    private final String holder = UUID.randomUUID().toString();

    Leadership(Pool pool) {
        this.pool = pool;
    }

    /** Becomes or stays the leader, unless another is; lasts for the given time. */
    Uni<Boolean> acquire(Duration term) {
        return pool.preparedQuery(LEAD)
                .execute(Tuple.of(holder, term.toMillis()))
                .map(result -> result.rowCount() == 1);
    }
}
