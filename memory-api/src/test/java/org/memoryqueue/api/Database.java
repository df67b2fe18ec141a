package org.memoryqueue.api;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database of the service under test. */
@Singleton
public final class Database {

    private static final String TABLES = """
            SELECT table_name FROM information_schema.tables
             WHERE table_schema = 'memory' AND table_type = 'BASE TABLE'
             ORDER BY table_name
            """;

    private final Pool pool;

    Database(Pool pool) {
        this.pool = pool;
    }

    /** A number that a query returns in its one column {@code n}. */
    long number(String query, Object... parameters) {
        return pool.preparedQuery(query)
                .execute(Tuple.from(parameters))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong("n");
    }

    void execute(String statement, Object... parameters) {
        pool.preparedQuery(statement).execute(Tuple.from(parameters)).await().indefinitely();
    }

    /** The tables of which a row holds a text anywhere, with how many do. */
    List<String> tablesWith(String text) {
        List<String> found = new ArrayList<>();
        pool.query(TABLES).execute().await().indefinitely().forEach(table -> {
            String name = table.getString("table_name");
            long rows = number(
                    "SELECT count(*) AS n FROM memory." + name + " t WHERE position($1::text IN t::text) > 0", text);
            if (rows > 0) {
                found.add(name + ": " + rows);
            }
        });
        return found;
    }
}
