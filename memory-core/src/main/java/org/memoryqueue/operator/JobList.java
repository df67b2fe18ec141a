package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.status.ShownState;

/** Lists jobs. */
@Singleton
public final class JobList {

    private static final String FIND = """
            SELECT id, state, delayed AND run_at > now() AS delayed, paused, priority, student_id, chatbot_id, room_id,
                   revision, superseded, attempts, error_code, failed_reason, created_at, started_at, finished_at
              FROM memory.memory_job, (SELECT mode = 'paused' AS paused FROM memory.queue_control) AS control
             WHERE ($1::bigint IS NULL OR id < $1)
               AND ($2::text IS NULL OR state = $2)
               AND ($3::boolean IS NULL OR (delayed AND run_at > now()) = $3)
               AND ($4::boolean IS NULL OR paused = $4)
               AND ($5::text IS NULL OR priority = $5)
               AND ($6::text IS NULL OR student_id = $6)
               AND ($7::text IS NULL OR room_id = $7)
               AND ($8::timestamptz IS NULL OR created_at >= $8)
               AND ($9::timestamptz IS NULL OR created_at < $9)
               AND ($10::text IS NULL OR error_code = $10)
             ORDER BY id DESC
             LIMIT $11
            """;

    private final Pool pool;

    JobList(Pool pool) {
        this.pool = pool;
    }

    /**
     * Reads a page of jobs, newest first.
     *
     * @param after where the page starts, null for the first page
     * @param limit the most jobs on it, at least 1
     */
    public Uni<Page<ListedJob>> find(JobFilter filter, @Nullable Long after, int limit) {
        ShownState state = filter.state();
        return pool.preparedQuery(FIND)
                .execute(Tuple.tuple()
                        .addLong(after)
                        .addString(state == null ? null : state.state().word())
                        .addBoolean(delayed(state))
                        .addBoolean(paused(state))
                        .addString(filter.priorityWord())
                        .addString(filter.studentId())
                        .addString(filter.roomId())
                        .addValue(filter.from())
                        .addValue(filter.to())
                        .addString(filter.errorCodeWord())
                        .addInteger(limit + 1))
                .map(rows -> {
                    List<ListedJob> found = new ArrayList<>();
                    rows.forEach(row -> found.add(JobRows.listed(row)));
                    return Page.of(found, limit, ListedJob::id);
                });
    }

    private static @Nullable Boolean delayed(@Nullable ShownState state) {
        return switch (state) {
            case DELAYED -> true;
            case WAITING, PAUSED -> false;
            case null, default -> null;
        };
    }

    private static @Nullable Boolean paused(@Nullable ShownState state) {
        return switch (state) {
            case PAUSED -> true;
            case WAITING -> false;
            case null, default -> null;
        };
    }
}
