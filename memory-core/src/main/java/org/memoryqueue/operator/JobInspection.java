package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.Stage;
import org.memoryqueue.operator.InspectedJob.Hold;
import org.memoryqueue.operator.InspectedJob.Outage;
import org.memoryqueue.operator.InspectedJob.Trouble;
import org.memoryqueue.usage.UsageLedger;

/** Looks closely at single jobs. */
@Singleton
public final class JobInspection {

    // One statement, so that the job and its attempts are of one moment. The running attempt is in the job's row,
    // and so is one that completed the job at once.
    private static final String INSPECT = """
            WITH job AS (
                SELECT * FROM memory.memory_job WHERE id = $1
            ), attempt AS (
                SELECT lease_token, worker, started_at, ended_at, outcome, error_code
                  FROM memory.job_attempt WHERE job_id = $1
                UNION ALL
                SELECT lease_token, lease_owner, started_at, finished_at,
                       CASE state WHEN 'running' THEN 'running' ELSE 'completed' END, NULL
                  FROM job
                 WHERE state = 'running' OR state = 'completed' AND NOT EXISTS (
                       SELECT FROM memory.job_attempt a WHERE a.job_id = $1 AND a.lease_token = job.lease_token)
            )
            SELECT job.id, state, delayed AND run_at > now() AS delayed,
                   (SELECT mode = 'paused' FROM memory.queue_control) AS paused, priority,
                   student_id, chatbot_id, room_id, session_start, revision, superseded, accepted_at, message_count,
                   student_message_count, attempts, job.error_code, failed_reason, created_at, job.started_at,
                   finished_at, stage, memory_id, run_at, lease_owner, lease_until, leased_alone, lost_leases, lost_alone,
                   lost_leases >= 2 AND state IN ('queued', 'running') AS suspect, outages, outage_since, outage_code,
                   a.lease_token AS attempt, a.worker, a.started_at AS attempt_started_at, a.ended_at, a.outcome,
                   a.error_code AS attempt_error_code,
                   u.calls, u.prompt_tokens, u.completion_tokens, u.cost::text
              FROM job
              LEFT JOIN attempt a ON true
              LEFT JOIN memory.llm_usage_of_job u ON u.job_id = job.id
             ORDER BY a.lease_token
            """;

    private final Pool pool;

    JobInspection(Pool pool) {
        this.pool = pool;
    }

    /** Finds a job with its attempts; empty when it never was, or was pruned or erased. */
    public Uni<Optional<InspectedJob>> inspect(long jobId) {
        return pool.preparedQuery(INSPECT).execute(Tuple.of(jobId)).map(rows -> {
            List<Row> found = StreamSupport.stream(rows.spliterator(), false).toList();
            return found.isEmpty() ? Optional.empty() : Optional.of(job(found.getFirst(), attempts(found)));
        });
    }

    private static InspectedJob job(Row row, List<JobAttempt> attempts) {
        return new InspectedJob(
                JobRows.listed(row),
                row.getOffsetDateTime("session_start"),
                row.getOffsetDateTime("accepted_at"),
                row.getInteger("message_count"),
                row.getInteger("student_message_count"),
                Stage.ofWord(row.getString("stage")),
                row.getUUID("memory_id"),
                row.getOffsetDateTime("run_at"),
                hold(row),
                new Trouble(row.getInteger("lost_leases"), row.getInteger("lost_alone"), row.getBoolean("suspect")),
                outage(row),
                row.getLong("calls") == null ? null : UsageLedger.usage(row),
                attempts);
    }

    private static @Nullable Hold hold(Row row) {
        String worker = row.getString("lease_owner");
        return worker == null
                ? null
                : new Hold(worker, row.getOffsetDateTime("lease_until"), row.getBoolean("leased_alone"));
    }

    private static @Nullable Outage outage(Row row) {
        String code = row.getString("outage_code");
        return code == null ? null : new Outage(row.getInteger("outages"), row.getOffsetDateTime("outage_since"), code);
    }

    private static List<JobAttempt> attempts(List<Row> rows) {
        return rows.stream()
                .filter(row -> row.getLong("attempt") != null)
                .map(row -> new JobAttempt(
                        row.getLong("attempt"),
                        row.getString("worker"),
                        row.getOffsetDateTime("attempt_started_at"),
                        row.getOffsetDateTime("ended_at"),
                        row.getString("outcome"),
                        row.getString("attempt_error_code")))
                .toList();
    }
}
