package org.memoryqueue.operator;

import io.vertx.mutiny.sqlclient.Row;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;

/** Reads the columns of jobs that the statements of this package select under the same names. */
final class JobRows {

    private JobRows() {}

    /** From {@code state}, {@code delayed} (whether its time has not come) and {@code paused}. */
    static ShownState state(Row row) {
        return ShownState.of(
                JobState.ofWord(row.getString("state")), row.getBoolean("delayed"), row.getBoolean("paused"));
    }

    /** From the columns of {@link ListedJob}. */
    static ListedJob listed(Row row) {
        return new ListedJob(
                row.getLong("id"),
                state(row),
                Priority.ofWord(row.getString("priority")),
                row.getString("student_id"),
                row.getString("chatbot_id"),
                row.getString("room_id"),
                row.getInteger("revision"),
                row.getBoolean("superseded"),
                row.getInteger("attempts"),
                row.getString("error_code"),
                row.getString("failed_reason"),
                row.getOffsetDateTime("created_at"),
                row.getOffsetDateTime("started_at"),
                row.getOffsetDateTime("finished_at"));
    }
}
