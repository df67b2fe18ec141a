package org.memoryqueue.maintenance;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.memoryqueue.process.Processes;
import org.memoryqueue.process.WorkingProcess;

/**
 * Checks that the connection pools of all processes together fit into what Postgres allows. When they do not, all is
 * well until a burst, and then some process finds no connection: so it is said beforehand.
 */
@Singleton
final class ConnectionBudget {

    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);

    private static final String ALLOWED = """
            SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                   AS allowed
            """;

    private final Pool pool;
    private final Processes processes;
    private volatile int allowed;
    private volatile int claimed;

    ConnectionBudget(Pool pool, Processes processes, MeterRegistry metrics) {
        this.pool = pool;
        this.processes = processes;
        Gauge.builder("memory.database.connections.allowed", this, budget -> budget.allowed)
                .description("Connections that Postgres allows; 0 where this process does not look after the queue")
                .register(metrics);
        Gauge.builder("memory.database.connections.claimed", this, budget -> budget.claimed)
                .description("Connections that the pools of all processes may open together; 0 as above")
                .register(metrics);
    }

    Uni<Void> check() {
        return processes
                .forgetTheGone()
                .flatMap(done -> pool.query(ALLOWED).execute())
                .invoke(rows -> allowed = rows.iterator().next().getInteger("allowed"))
                .flatMap(rows -> processes.atWork())
                .invoke(atWork -> compare(
                        atWork.stream().mapToInt(WorkingProcess::poolSize).sum(), atWork.size()))
                .replaceWithVoid();
    }

    private void compare(int nowClaimed, int count) {
        if (nowClaimed > allowed && nowClaimed != claimed) {
            LOG.warnf(
                    "%d processes may open %d connections to Postgres, which allows %d: lower DATABASE_POOL_SIZE, or"
                            + " raise max_connections",
                    count, nowClaimed, allowed);
        }
        claimed = nowClaimed;
    }
}
