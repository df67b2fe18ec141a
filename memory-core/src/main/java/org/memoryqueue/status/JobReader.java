package org.memoryqueue.status;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.job.Stage;

/** Reads single jobs. */
@Singleton
public final class JobReader {

    private static final String FIND = """
            SELECT id, student_id, chatbot_id, room_id, state, priority, delayed AND run_at > now() AS delayed, stage,
                   (SELECT mode FROM memory.queue_control) AS mode, attempts,
                   failed_reason, memory_id, created_at, started_at, finished_at
              FROM memory.memory_job
             WHERE id = $1
            """;

    private final Pool pool;

    JobReader(Pool pool) {
        this.pool = pool;
    }

    /** Finds a job; empty when it never was, or was pruned or erased. */
    public Uni<Optional<JobRow>> find(long jobId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(jobId)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(job(found.next())) : Optional.empty();
        });
    }

    private static JobRow job(Row row) {
        return new JobRow(
                row.getLong("id"),
                row.getString("student_id"),
                row.getString("chatbot_id"),
                row.getString("room_id"),
                JobState.ofWord(row.getString("state")),
                Priority.ofWord(row.getString("priority")),
                row.getBoolean("delayed"),
                Stage.ofWord(row.getString("stage")),
                QueueMode.ofWord(row.getString("mode")) == QueueMode.PAUSED,
                row.getInteger("attempts"),
                row.getString("failed_reason"),
                row.getUUID("memory_id"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("finished_at"));
    }
}
