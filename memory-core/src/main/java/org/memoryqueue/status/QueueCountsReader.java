package org.memoryqueue.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.Priority;

/** Reads the counts of the queue, in a time that does not depend on how many jobs there are. */
@Singleton
public final class QueueCountsReader {

    private static final String READ = """
            SELECT sum(accepted)::bigint AS accepted, sum(waiting_high)::bigint AS waiting_high,
                   sum(waiting_normal)::bigint AS waiting_normal, sum(waiting_low)::bigint AS waiting_low,
                   sum(delayed)::bigint AS delayed, sum(running)::bigint AS running,
                   sum(completed)::bigint AS completed, sum(failed)::bigint AS failed,
                   (SELECT mode FROM memory.queue_control) AS mode,
                   memory.oldest_waiting_seconds('high') AS oldest_high,
                   memory.oldest_waiting_seconds('normal') AS oldest_normal,
                   memory.oldest_waiting_seconds('low') AS oldest_low
              FROM memory.queue_counter
            """;

    private final Pool pool;

    QueueCountsReader(Pool pool) {
        this.pool = pool;
    }

    /** Reads the counts as of now. */
    public Uni<QueueCounts> read() {
        return pool.query(READ).execute().map(rows -> counts(rows.iterator().next()));
    }

    private static QueueCounts counts(Row row) {
        return new QueueCounts(
                row.getLong("accepted"),
                byPriority(priority -> row.getLong("waiting_" + priority.word())),
                row.getLong("delayed"),
                row.getLong("running"),
                row.getLong("completed"),
                row.getLong("failed"),
                QueueMode.ofWord(row.getString("mode")),
                byPriority(
                        priority -> Duration.ofMillis(Math.round(1000 * row.getDouble("oldest_" + priority.word())))));
    }

    private static <T> Map<Priority, T> byPriority(Function<Priority, T> value) {
        Map<Priority, T> values = new EnumMap<>(Priority.class);
        Priority.ALL.forEach(priority -> values.put(priority, value.apply(priority)));
        return values;
    }
}
