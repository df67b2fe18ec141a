package org.memoryqueue.model;

import io.vertx.mutiny.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/** What the reference and the table must agree on about an attempt that did not complete its job at once. */
record AttemptView(
        long job,
        int slot,
        long token,
        String outcome,
        @Nullable String errorCode) {

    static final String SQL = "SELECT job_id, slot, lease_token, outcome, error_code FROM memory.job_attempt";

    static AttemptView of(Row row) {
        return new AttemptView(
                row.getLong("job_id"),
                row.getInteger("slot"),
                row.getLong("lease_token"),
                row.getString("outcome"),
                row.getString("error_code"));
    }
}
