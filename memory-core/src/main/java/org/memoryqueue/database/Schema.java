package org.memoryqueue.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/** The state of the schema, which memory-api migrates and memory-worker waits for. */
@Singleton
public final class Schema {

    /** The newest migration that this version of the code needs. */
    public static final String NEEDED_VERSION = "7";

    private static final String IS_MIGRATED = """
            SELECT EXISTS (SELECT FROM memory.flyway_schema_history WHERE version = $1 AND success) AS migrated
            """;

    // Asked first, so that waiting for the first migration does not fill the server's log with errors.
    private static final String EXISTS = """
            SELECT to_regclass('memory.flyway_schema_history') IS NOT NULL AS present
            """;

    private static final String IS_WRITABLE = """
            SELECT NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writable
            """;

    private final Pool pool;

    Schema(Pool pool) {
        this.pool = pool;
    }

    /** Whether the schema is as new as the code needs it; fails while Postgres is away. */
    public Uni<Boolean> isMigrated() {
        return pool.query(EXISTS)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("present"))
                .flatMap(present ->
                        present ? hasNeededVersion() : Uni.createFrom().item(false));
    }

    private Uni<Boolean> hasNeededVersion() {
        return pool.preparedQuery(IS_MIGRATED)
                .execute(Tuple.of(NEEDED_VERSION))
                .map(rows -> rows.iterator().next().getBoolean("migrated"));
    }

    /** Whether the server takes writes: a standby does not. Fails while Postgres is away. */
    public Uni<Boolean> isWritable() {
        return pool.query(IS_WRITABLE)
                .execute()
                .map(rows -> rows.iterator().next().getBoolean("writable"));
    }
}
