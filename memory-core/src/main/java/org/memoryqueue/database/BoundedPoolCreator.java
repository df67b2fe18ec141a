package org.memoryqueue.database;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the pool of connections to Postgres, so that none of its waits is for ever: for a connection to be made, for one
 * to be free, for an answer. Quarkus has no settings for these. A server that has become a black hole is thus noticed,
 * and the connections to it leave the pool.
 */
@Singleton
public final class BoundedPoolCreator implements PgPoolCreator {

    private final PoolConfig config;

    BoundedPoolCreator(PoolConfig config) {
        this.config = config;
    }

    @Override
    public Pool create(Input input) {
        PoolOptions pool = input.poolOptions();
        checkIdleTimeout(pool);
        pool.setConnectionTimeout(Math.toIntExact(config.acquireTimeout().toMillis()))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxWaitQueueSize(config.maxWaiting());
        input.pgConnectOptionsList().forEach(this::bound);
        return new BoundedDriver(config).createPool(input.vertx(), input.pgConnectOptionsList(), pool);
    }

    private void bound(PgConnectOptions connection) {
        checkStatementTimeout(connection.getProperties().get("statement_timeout"));
        connection.setConnectTimeout(Math.toIntExact(config.connectTimeout().toMillis()));
    }

    private void checkIdleTimeout(PoolOptions pool) {
        Duration idle =
                Duration.of(pool.getIdleTimeout(), pool.getIdleTimeoutUnit().toChronoUnit());
        if (idle.isZero() || idle.compareTo(config.answerTimeout()) >= 0) {
            throw new IllegalArgumentException("quarkus.datasource.reactive.idle-timeout must be shorter than"
                    + " memory.database.pool.answer-timeout");
        }
    }

    /** Only where it is a plain number, which Postgres takes for milliseconds. */
    private void checkStatementTimeout(@Nullable String limit) {
        if (limit != null
                && limit.matches("\\d{1,9}")
                && Integer.parseInt(limit) >= config.answerTimeout().toMillis()) {
            throw new IllegalArgumentException("memory.database.pool.answer-timeout must be longer than"
                    + " quarkus.datasource.reactive.additional-properties.statement_timeout");
        }
    }
}
