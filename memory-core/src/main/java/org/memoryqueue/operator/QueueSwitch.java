package org.memoryqueue.operator;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.memoryqueue.control.QueueMode;

/** Sets whether the queue hands out work. What runs is finished in every mode. */
@Singleton
public final class QueueSwitch {

    // A claim that had begun before this was committed may still lease what it has found.
    private static final String TURN = """
            WITH before AS (
                SELECT mode FROM memory.queue_control FOR UPDATE
            ), switched AS (
                UPDATE memory.queue_control c
                   SET mode = $1, changes = changes + 1, changed_at = now(), changed_by = $2
                  FROM before
                 WHERE before.mode <> $1
                RETURNING c.mode
            ), recorded AS (
                INSERT INTO memory.operator_action (operator, action, changed)
                SELECT $2, $3, count(*) FROM switched
            )
            SELECT before.mode, (SELECT sum(running)::bigint FROM memory.queue_counter) AS active FROM before
            """;

    private final Pool pool;

    QueueSwitch(Pool pool) {
        this.pool = pool;
    }

    /**
     * How the queue is set after an operator's call.
     *
     * @param mode as it is now
     * @param previous as it was before; the same when the call changed nothing
     * @param active jobs that were leased at that moment
     */
    public record Turned(QueueMode mode, QueueMode previous, long active) {}

    /** Sets the mode. Doing so again changes nothing but the record of what operators did. */
    public Uni<Turned> turn(QueueMode mode, String operator) {
        return pool.preparedQuery(TURN)
                .execute(Tuple.of(mode.word(), operator, action(mode).word()))
                .map(rows -> {
                    Row before = rows.iterator().next();
                    return new Turned(mode, QueueMode.ofWord(before.getString("mode")), before.getLong("active"));
                });
    }

    private static Action action(QueueMode mode) {
        return switch (mode) {
            case RUNNING -> Action.RESUME;
            case PAUSED -> Action.PAUSE;
            case DRAINING -> Action.DRAIN;
        };
    }
}
