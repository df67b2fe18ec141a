package org.memoryqueue.control;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;

/** Reads how the queue is set. It survives every restart, since it is a row. */
@Singleton
public final class QueueControl {

    private static final String READ = "SELECT mode, changes FROM memory.queue_control";

    private final Pool pool;

    QueueControl(Pool pool) {
        this.pool = pool;
    }

    /**
     * How the queue is set.
     *
     * @param mode whether it hands out work
     * @param changes grows whenever an operator changed the mode or called a job off
     */
    public record Setting(QueueMode mode, long changes) {}

    /** Reads the setting. */
    public Uni<Setting> read() {
        return pool.query(READ).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new Setting(QueueMode.ofWord(row.getString("mode")), row.getLong("changes"));
        });
    }
}
