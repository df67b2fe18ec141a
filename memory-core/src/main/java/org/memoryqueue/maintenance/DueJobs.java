package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;

/** Reads what is due, from the truth. */
@Singleton
final class DueJobs {

    private static final String NOW = "SELECT now() AS now";

    private static final String PAGE = """
            SELECT id, priority FROM memory.memory_job
             WHERE state = 'queued' AND NOT delayed AND run_at < $2 AND id > $1
             ORDER BY id
             LIMIT $3
            """;

    private final Pool pool;

    DueJobs(Pool pool) {
        this.pool = pool;
    }

    /** The database's time. */
    Uni<OffsetDateTime> now() {
        return pool.query(NOW).execute().map(rows -> rows.iterator().next().getOffsetDateTime("now"));
    }

    /** Jobs that have been due since before a time, in the order of their ids, beginning after one. */
    Uni<List<DueJob>> page(long after, OffsetDateTime dueBefore, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(after, dueBefore, limit))
                .map(rows -> {
                    List<DueJob> jobs = new ArrayList<>();
                    rows.forEach(
                            row -> jobs.add(new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority")))));
                    return jobs;
                });
    }
}
