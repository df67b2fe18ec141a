package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what operators did. Each action writes its own record, in the statement that changes something. */
@Singleton
public final class AuditLog {

    private static final String READ = """
            SELECT id, at, operator, action, job_id, filter, changed FROM memory.operator_action
             WHERE $1::bigint IS NULL OR id < $1
             ORDER BY id DESC
             LIMIT $2
            """;

    private final Pool pool;

    AuditLog(Pool pool) {
        this.pool = pool;
    }

    /**
     * Reads a page of what operators did, newest first.
     *
     * @param after where the page starts, null for the first page
     * @param limit the most actions on it, at least 1
     */
    public Uni<Page<OperatorAction>> read(@Nullable Long after, int limit) {
        return pool.preparedQuery(READ).execute(Tuple.of(after, limit + 1)).map(rows -> {
            List<OperatorAction> found = new ArrayList<>();
            rows.forEach(row -> found.add(action(row)));
            return Page.of(found, limit, OperatorAction::id);
        });
    }

    private static OperatorAction action(Row row) {
        JsonObject filter = row.getJsonObject("filter");
        return new OperatorAction(
                row.getLong("id"),
                row.getOffsetDateTime("at"),
                row.getString("operator"),
                row.getString("action"),
                row.getLong("job_id"),
                filter == null ? null : filter.getMap(),
                row.getLong("changed"));
    }
}
