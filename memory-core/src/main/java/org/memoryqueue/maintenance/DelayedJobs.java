package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;

/** Makes delayed jobs due whose time has come. */
@Singleton
final class DelayedJobs {

    private static final String PROMOTE = """
            WITH come AS (
                SELECT id FROM memory.memory_job
                 WHERE state = 'queued' AND delayed AND run_at <= now()
                 ORDER BY run_at
                 LIMIT $1
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE memory.memory_job j SET delayed = false FROM come WHERE j.id = come.id RETURNING j.id, j.priority
            """;
    private static final int MAX_AT_ONCE = 1_000;

    private final Pool pool;
    private final DueIndex index;

    DelayedJobs(Pool pool, DueIndex index) {
        this.pool = pool;
        this.index = index;
    }

    Uni<Void> promote() {
        return pool.preparedQuery(PROMOTE).execute(Tuple.of(MAX_AT_ONCE)).flatMap(rows -> {
            List<DueJob> due = new ArrayList<>();
            rows.forEach(row -> due.add(new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority")))));
            return index.add(due);
        });
    }
}
