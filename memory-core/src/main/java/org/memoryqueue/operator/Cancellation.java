package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.memoryqueue.status.ShownState;

/**
 * Calls jobs off. Whatever a worker is about to store for a job is stale from then on; a completion that was committed
 * before stands.
 */
@Singleton
public final class Cancellation {

    // The job is locked before the row of queue_control, which is written only where a worker must look up, and held
    // for no longer than one commit. Nobody who holds that row waits for a job.
    private static final String CANCEL = """
            WITH before AS (
                SELECT id, state, delayed AND run_at > now() AS delayed FROM memory.memory_job WHERE id = $1 FOR UPDATE
            ), cancelled AS (
                UPDATE memory.memory_job j
                   SET state = 'cancelled', finished_at = now(), delayed = false,
                       lease_owner = NULL, lease_until = NULL, leased_alone = false,
                       error_code = NULL, failed_reason = NULL, memory_id = NULL
                  FROM before
                 WHERE j.id = before.id AND before.state IN ('queued', 'running')
                RETURNING before.state
            ), told AS (
                UPDATE memory.queue_control SET changes = changes + 1
                 WHERE EXISTS (SELECT FROM cancelled WHERE state = 'running')
            ), recorded AS (
                INSERT INTO memory.operator_action (operator, action, job_id, changed)
                SELECT $2, $3, $1, count(*) FROM cancelled
            )
            SELECT state, delayed, (SELECT mode = 'paused' FROM memory.queue_control) AS paused FROM before
            """;

    private final Pool pool;

    Cancellation(Pool pool) {
        this.pool = pool;
    }

    /**
     * Calls a job off that has not ended.
     *
     * @return the state in which the call found the job: if it had ended, nothing was changed; empty if there is no such
     *     job
     */
    public Uni<Optional<ShownState>> cancel(long jobId, String operator) {
        return pool.preparedQuery(CANCEL)
                .execute(Tuple.of(jobId, operator, Action.CANCEL.word()))
                .map(rows -> {
                    RowIterator<Row> before = rows.iterator();
                    return before.hasNext() ? Optional.of(JobRows.state(before.next())) : Optional.empty();
                });
    }
}
