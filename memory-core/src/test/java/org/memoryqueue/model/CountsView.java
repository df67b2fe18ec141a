package org.memoryqueue.model;

import io.vertx.mutiny.sqlclient.Row;
import java.util.EnumMap;
import java.util.Map;
import org.memoryqueue.job.Priority;

/** What the reference and the counters must agree on. */
record CountsView(
        long accepted,
        Map<Priority, Long> waiting,
        long delayed,
        long running,
        long completed,
        long failed,
        long cancelled,
        long erased) {

    static final String SQL = """
            SELECT sum(accepted)::bigint AS accepted, sum(waiting_high)::bigint AS waiting_high,
                   sum(waiting_normal)::bigint AS waiting_normal, sum(waiting_low)::bigint AS waiting_low,
                   sum(delayed)::bigint AS delayed, sum(running)::bigint AS running,
                   sum(completed)::bigint AS completed, sum(failed)::bigint AS failed,
                   sum(cancelled)::bigint AS cancelled, sum(erased)::bigint AS erased
              FROM memory.queue_counter
            """;

    static CountsView of(Row row) {
        Map<Priority, Long> waiting = new EnumMap<>(Priority.class);
        Priority.ALL.forEach(priority -> waiting.put(priority, row.getLong("waiting_" + priority.word())));
        return new CountsView(
                row.getLong("accepted"),
                waiting,
                row.getLong("delayed"),
                row.getLong("running"),
                row.getLong("completed"),
                row.getLong("failed"),
                row.getLong("cancelled"),
                row.getLong("erased"));
    }
}
