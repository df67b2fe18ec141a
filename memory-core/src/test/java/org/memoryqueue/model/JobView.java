package org.memoryqueue.model;

import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;

/** What the reference and the table must agree on about a job. */
record JobView(
        JobState state,
        boolean superseded,
        Priority priority,
        int messages,
        boolean delayed,
        long token,
        @Nullable String owner,
        boolean runsAlone,
        int attempts,
        int lostLeases,
        int lostAlone,
        int outages,
        @Nullable String errorCode) {

    static final String SQL = """
            SELECT id, state, superseded, priority, message_count, delayed, lease_token, lease_owner,
                   state = 'running' AND leased_alone AS runs_alone, attempts, lost_leases, lost_alone, outages,
                   error_code
              FROM memory.memory_job
            """;

    static JobView of(Row row) {
        return new JobView(
                JobState.ofWord(row.getString("state")),
                row.getBoolean("superseded"),
                Priority.ofWord(row.getString("priority")),
                row.getInteger("message_count"),
                row.getBoolean("delayed"),
                row.getLong("lease_token"),
                row.getString("lease_owner"),
                row.getBoolean("runs_alone"),
                row.getInteger("attempts"),
                row.getInteger("lost_leases"),
                row.getInteger("lost_alone"),
                row.getInteger("outages"),
                row.getString("error_code"));
    }
}
