package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.memoryqueue.job.Priority;

/** What belongs in the index, from the truth: the due and the running jobs, each in the stream of its priority. */
@Singleton
final class DueJobs {

    private static final String NOW = "SELECT now() AS now";

    // The running are few, and have an index of their own.
    private static final String COUNT = """
            SELECT (sum(waiting_high) + (SELECT count(*) FROM memory.memory_job
                                          WHERE state = 'running' AND priority = 'high'))::bigint AS high,
                   (sum(waiting_normal) + (SELECT count(*) FROM memory.memory_job
                                            WHERE state = 'running' AND priority = 'normal'))::bigint AS normal,
                   (sum(waiting_low) + (SELECT count(*) FROM memory.memory_job
                                         WHERE state = 'running' AND priority = 'low'))::bigint AS low
              FROM memory.queue_counter
            """;

    // The planner must not walk the primary key, past all that has ended, for the first that waits or runs: hence the
    // range of one priority instead of an equality, and the sum.
    private static final String OLDEST = """
            SELECT least((SELECT id FROM memory.memory_job
                           WHERE state = 'queued' AND NOT delayed AND priority BETWEEN $1 AND $1
                           ORDER BY priority, id
                           LIMIT 1),
                         (SELECT min(id + 0) FROM memory.memory_job
                           WHERE state = 'running' AND priority = $1)) AS id
            """;

    private static final String PAGE = """
            SELECT id FROM memory.memory_job
             WHERE state = 'queued' AND NOT delayed AND (priority, id) >= ($1, $2) AND priority <= $1
             ORDER BY priority, id
             LIMIT $3
            """;

    // A subquery for each id, and no join: for a join the planner may read the whole table instead.
    private static final String OVERDUE = """
            SELECT named.id
              FROM unnest($2::bigint[]) AS named (id)
             WHERE (SELECT true FROM memory.memory_job j
                     WHERE j.id = named.id AND j.priority = $1
                       AND j.state = 'queued' AND NOT j.delayed AND j.run_at < $3)
             ORDER BY named.id
            """;

    private static final String STRANGERS = """
            SELECT named.id
              FROM unnest($2::bigint[]) AS named (id)
             WHERE (SELECT true FROM memory.memory_job j
                     WHERE j.id = named.id AND j.priority = $1
                       AND (j.state = 'running' OR j.state = 'queued' AND NOT j.delayed)) IS NULL
            """;

    private final Pool pool;

    DueJobs(Pool pool) {
        this.pool = pool;
    }

    /** The database's time. */
    Uni<OffsetDateTime> now() {
        return pool.query(NOW).execute().map(rows -> rows.iterator().next().getOffsetDateTime("now"));
    }

    /** How many belong in the stream of each priority. Does not depend on how many there are. */
    Uni<Map<Priority, Long>> count() {
        return pool.query(COUNT).execute().map(rows -> {
            Row counts = rows.iterator().next();
            return Priority.ALL.stream()
                    .collect(Collectors.toMap(Function.identity(), priority -> counts.getLong(priority.word())));
        });
    }

    /** The oldest that belongs in the stream; empty when none does. */
    Uni<Optional<Long>> oldest(Priority stream) {
        return pool.preparedQuery(OLDEST)
                .execute(Tuple.of(stream.word()))
                .map(rows -> Optional.ofNullable(rows.iterator().next().getLong("id")));
    }

    /** Jobs that wait, in the order of their ids, from one on. */
    Uni<List<Long>> page(Priority stream, long from, int limit) {
        return pool.preparedQuery(PAGE)
                .execute(Tuple.of(stream.word(), from, limit))
                .map(rows -> ids(rows).toList());
    }

    /** Those of the jobs that still wait, and have been due since before a time, in the order of their ids. */
    Uni<List<Long>> overdue(Priority stream, Collection<Long> ids, OffsetDateTime dueBefore) {
        return pool.preparedQuery(OVERDUE)
                .execute(Tuple.of(stream.word(), ids.toArray(Long[]::new), dueBefore))
                .map(rows -> ids(rows).toList());
    }

    /** Those of the jobs that do not belong in the stream. */
    Uni<Set<Long>> strangers(Priority stream, Collection<Long> ids) {
        return pool.preparedQuery(STRANGERS)
                .execute(Tuple.of(stream.word(), ids.toArray(Long[]::new)))
                .map(rows -> ids(rows).collect(Collectors.toSet()));
    }

    private static Stream<Long> ids(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getLong("id"));
    }
}
