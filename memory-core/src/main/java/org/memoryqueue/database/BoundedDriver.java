package org.memoryqueue.database;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.spi.ConnectionFactory;
import java.util.function.Supplier;

/** The driver of Postgres, whose connections are made and cut as {@link BoundedConnectionFactory} does. */
final class BoundedDriver extends PgDriver {

    private final PoolConfig config;

    BoundedDriver(PoolConfig config) {
        this.config = config;
    }

    @Override
    public ConnectionFactory createConnectionFactory(
            Vertx vertx, Supplier<? extends Future<? extends SqlConnectOptions>> database) {
        return new BoundedConnectionFactory((VertxInternal) vertx, database, config);
    }
}
