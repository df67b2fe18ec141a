package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;

/**
 * Puts failed jobs back in the queue, with fresh counters and the same line of lease tokens, so that nothing an earlier
 * attempt may still bring can be stored. A superseded job is left: a newer revision of its session has a job of its own.
 */
@Singleton
public final class Retry {

    private static final Logger LOG = Logger.getLogger(Retry.class);

    // The lease is cleared for the sake of the constraints, which Postgres checks on what it makes of the version of
    // the row that the statement began with, before it notices that another has changed it and begins anew with
    // that.
    private static final String RETRY = """
            WITH before AS (
                SELECT id, state, delayed AND run_at > now() AS delayed, superseded
                  FROM memory.memory_job WHERE id = $1 FOR UPDATE
            ), retried AS (
                UPDATE memory.memory_job j
                   SET state = 'queued', run_at = now(), attempts = 0, lost_leases = 0, lost_alone = 0,
                       leased_alone = false, outages = 0, outage_since = NULL, outage_code = NULL,
                       error_code = NULL, failed_reason = NULL, finished_at = NULL,
                       lease_owner = NULL, lease_until = NULL
                  FROM before
                 WHERE j.id = before.id AND before.state = 'failed' AND NOT before.superseded
                RETURNING j.priority
            ), recorded AS (
                INSERT INTO memory.operator_action (operator, action, job_id, changed)
                SELECT $2, $3, $1, count(*) FROM retried
            )
            SELECT state, delayed, (SELECT mode = 'paused' FROM memory.queue_control) AS paused,
                   (SELECT priority FROM retried) AS priority
              FROM before
            """;

    // Looks for one job more than it changes, to know whether any remain. All batches of a call share one record.
    private static final String RETRY_MATCHING = """
            WITH matching AS (
                SELECT id, finished_at FROM memory.memory_job
                 WHERE state = 'failed' AND NOT superseded
                   AND ($1::text IS NULL OR priority = $1)
                   AND ($2::text IS NULL OR student_id = $2)
                   AND ($3::text IS NULL OR room_id = $3)
                   AND ($4::timestamptz IS NULL OR created_at >= $4)
                   AND ($5::timestamptz IS NULL OR created_at < $5)
                   AND ($6::text IS NULL OR error_code = $6)
                 ORDER BY finished_at
                 LIMIT $7 + 1
                   FOR UPDATE SKIP LOCKED
            ), retried AS (
                UPDATE memory.memory_job j
                   SET state = 'queued', run_at = now(), attempts = 0, lost_leases = 0, lost_alone = 0,
                       leased_alone = false, outages = 0, outage_since = NULL, outage_code = NULL,
                       error_code = NULL, failed_reason = NULL, finished_at = NULL
                  FROM (SELECT id FROM matching ORDER BY finished_at LIMIT $7) AS first
                 WHERE j.id = first.id
                RETURNING j.id, j.priority
            ), recorded AS (
                INSERT INTO memory.operator_action (operator, action, filter, changed)
                SELECT $8, $9, $10::jsonb, count(*) FROM retried
                HAVING $11::bigint IS NULL
                RETURNING id
            ), added AS (
                UPDATE memory.operator_action SET changed = changed + (SELECT count(*) FROM retried) WHERE id = $11
            )
            SELECT retried.id, retried.priority, (SELECT count(*) FROM matching) > $7 AS more,
                   coalesce($11, (SELECT id FROM recorded)) AS record
              FROM (VALUES (true)) AS always
              LEFT JOIN retried ON true
            """;

    private static final int BATCH = 500;
    private static final int MAX_BATCHES = 10;

    private final Pool pool;
    private final DueIndex index;

    Retry(Pool pool, DueIndex index) {
        this.pool = pool;
        this.index = index;
    }

    /** What became of one job that was to be retried. */
    public sealed interface Outcome {

        /** It is due again, and shown so. */
        record Retried(ShownState state) implements Outcome {}

        /** It is shown so, and has not failed; nothing was changed. */
        record NotFailed(ShownState state) implements Outcome {}

        /** It failed, but a newer revision of its session has a job of its own; nothing was changed. */
        record Superseded() implements Outcome {}

        /** There is no such job. */
        record Missing() implements Outcome {}
    }

    /**
     * What became of many jobs that were to be retried.
     *
     * @param retried how many are due again
     * @param more whether jobs remain to which the filter applies, so that the call should be repeated
     */
    public record Outcomes(long retried, boolean more) {}

    /** Puts a failed job back. */
    public Uni<Outcome> retry(long jobId, String operator) {
        return pool.preparedQuery(RETRY)
                .execute(Tuple.of(jobId, operator, Action.RETRY.word()))
                .map(rows -> {
                    RowIterator<Row> before = rows.iterator();
                    return before.hasNext() ? outcome(jobId, before.next()) : new Outcome.Missing();
                });
    }

    private Outcome outcome(long jobId, Row before) {
        String retried = before.getString("priority");
        if (retried != null) {
            announce(List.of(new DueJob(jobId, Priority.ofWord(retried))));
            return new Outcome.Retried(ShownState.of(JobState.QUEUED, false, before.getBoolean("paused")));
        }
        ShownState state = JobRows.state(before);
        return state == ShownState.FAILED ? new Outcome.Superseded() : new Outcome.NotFailed(state);
    }

    /**
     * Puts failed jobs back, those first that failed first: at most 5,000, in transactions of 500, each of which stands
     * when a later one fails. Jobs that another call is about to change are left to it.
     *
     * @param filter its state is not looked at
     */
    public Uni<Outcomes> retryMatching(JobFilter filter, String operator) {
        return batch(filter, operator, new Progress(null, 0, 1));
    }

    /** How far a call is: its record, once there is one, what was retried so far, and which batch comes next. */
    private record Progress(@Nullable Long record, long retried, int batch) {}

    private Uni<Outcomes> batch(JobFilter filter, String operator, Progress progress) {
        return pool.preparedQuery(RETRY_MATCHING)
                .execute(Tuple.tuple()
                        .addString(filter.priorityWord())
                        .addString(filter.studentId())
                        .addString(filter.roomId())
                        .addValue(filter.from())
                        .addValue(filter.to())
                        .addString(filter.errorCodeWord())
                        .addInteger(BATCH)
                        .addString(operator)
                        .addString(Action.RETRY_MATCHING.word())
                        .addValue(filter.withoutStudent())
                        .addLong(progress.record()))
                .flatMap(rows -> {
                    List<DueJob> due = StreamSupport.stream(rows.spliterator(), false)
                            .filter(row -> row.getLong("id") != null)
                            .map(row -> new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority"))))
                            .sorted(Comparator.comparingLong(DueJob::id))
                            .toList();
                    announce(due);
                    Row any = rows.iterator().next();
                    boolean more = any.getBoolean("more");
                    long retried = progress.retried() + due.size();
                    return more && progress.batch() < MAX_BATCHES
                            ? batch(
                                    filter,
                                    operator,
                                    new Progress(any.getLong("record"), retried, progress.batch() + 1))
                            : Uni.createFrom().item(new Outcomes(retried, more));
                });
    }

    /** Tells the index after the commit. Nobody waits for it: a job it does not hear of is found by the repair. */
    private void announce(List<DueJob> due) {
        index.add(due)
                .subscribe()
                .with(
                        added -> {},
                        failure -> LOG.debugf("The index did not hear of %d retried jobs: %s", due.size(), failure));
    }
}
