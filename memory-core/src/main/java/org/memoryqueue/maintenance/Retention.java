package org.memoryqueue.maintenance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Removes finished jobs, with their transcripts, when they are old or too many. Memories stay. */
@Singleton
final class Retention {

    private static final Logger LOG = Logger.getLogger(Retention.class);

    // The state's newest jobs up to the limit are found by the index of what has ended, not by counting history.
    private static final String PRUNE = """
            WITH surplus AS (
                SELECT finished_at AS before FROM memory.memory_job j
                 WHERE state = $1 AND ($1 <> 'failed' OR EXISTS (
                       SELECT FROM memory.student_chat_memories m
                        WHERE (m.student_id, m.chatbot_id, m.room_id, m.session_start)
                              = (j.student_id, j.chatbot_id, j.room_id, j.session_start)))
                 ORDER BY finished_at DESC
                OFFSET $2 LIMIT 1
            ), old AS (
                SELECT j.id FROM memory.memory_job j
                 WHERE j.state = $1
                   AND j.finished_at < now() - $3 * interval '1 millisecond'
                   AND (j.finished_at < now() - $4 * interval '1 millisecond'
                        OR j.finished_at <= (SELECT before FROM surplus))
                   AND (j.state <> 'failed' OR j.finished_at < now() - $5 * interval '1 millisecond' OR EXISTS (
                        SELECT FROM memory.student_chat_memories m
                         WHERE (m.student_id, m.chatbot_id, m.room_id, m.session_start)
                               = (j.student_id, j.chatbot_id, j.room_id, j.session_start)))
                 ORDER BY j.finished_at
                 LIMIT $6
                   FOR UPDATE OF j SKIP LOCKED
            )
            DELETE FROM memory.memory_job j USING old WHERE j.id = old.id
            """;
    private static final String PRUNE_KEYS = """
            DELETE FROM memory.idempotency_key WHERE (caller, key) IN (
                SELECT caller, key FROM memory.idempotency_key
                 WHERE created_at < now() - interval '24 hours'
                 ORDER BY created_at
                 LIMIT $1
                   FOR UPDATE SKIP LOCKED)
            """;

    // Numbers grow with time, so only the oldest are looked at.
    private static final String PRUNE_AUDIT = """
            DELETE FROM memory.operator_action WHERE id IN (
                SELECT id FROM (SELECT id, at FROM memory.operator_action ORDER BY id LIMIT $1) AS oldest
                 WHERE at < now() - $2 * interval '1 millisecond')
            """;

    // One that was just written may belong to a job that this statement does not see yet.
    private static final String PRUNE_USAGE_OF_JOBS = """
            DELETE FROM memory.llm_usage_of_job WHERE job_id IN (
                SELECT job_id FROM memory.llm_usage_of_job u
                 WHERE updated_at < now() - interval '10 minutes'
                   AND NOT EXISTS (SELECT FROM memory.memory_job j WHERE j.id = u.job_id)
                 LIMIT $1
                   FOR UPDATE SKIP LOCKED)
            """;
    private static final String PRUNE_USAGE_OF_DAYS = """
            DELETE FROM memory.llm_usage_of_day WHERE day < (now() AT TIME ZONE 'UTC')::date - 400
            """;

    // A worker may have to ask for long whether its latest batch is there.
    private static final String PRUNE_WRITERS = """
            DELETE FROM memory.llm_usage_writer WHERE updated_at < now() - interval '1 day'
            """;

    private static final int MAX_AT_ONCE = 1_000;

    private final Pool pool;
    private final RetentionConfig config;

    Retention(Pool pool, RetentionConfig config) {
        this.pool = pool;
        this.config = config;
        if (config.atLeast().isNegative()
                || config.finished().compareTo(config.atLeast()) < 0
                || config.unremembered().compareTo(config.finished()) < 0) {
            throw new IllegalArgumentException("memory.retention.at-least must not be longer than finished, nor that"
                    + " longer than unremembered");
        }
        if (config.audit().isNegative()) {
            throw new IllegalArgumentException("memory.retention.audit must not be negative");
        }
        if (config.maxCompleted() < 0 || config.maxFailed() < 0) {
            throw new IllegalArgumentException(
                    "memory.retention.max-completed (QUEUE_MAX_COMPLETED_JOBS) and max-failed (QUEUE_MAX_FAILED_JOBS)"
                            + " must not be negative");
        }
    }

    /** Removes completed and cancelled jobs. */
    Uni<Void> prune() {
        return prune("completed", config.maxCompleted()).flatMap(done -> prune("cancelled", config.maxCompleted()));
    }

    /** Looks at each failed job whether its session has a memory: not to be done often. */
    Uni<Void> pruneFailed() {
        return prune("failed", config.maxFailed());
    }

    /** Removes the keys of requests, with their answers, that are a day old. */
    Uni<Void> pruneKeys() {
        return pool.preparedQuery(PRUNE_KEYS)
                .execute(Tuple.of(MAX_AT_ONCE))
                .flatMap(pruned ->
                        pruned.rowCount() < MAX_AT_ONCE ? Uni.createFrom().voidItem() : pruneKeys());
    }

    /** Removes what is known of actions of operators that are too old. */
    Uni<Void> pruneAudit() {
        return pool.preparedQuery(PRUNE_AUDIT)
                .execute(Tuple.of(MAX_AT_ONCE, config.audit().toMillis()))
                .flatMap(pruned ->
                        pruned.rowCount() < MAX_AT_ONCE ? Uni.createFrom().voidItem() : pruneAudit());
    }

    /** Removes what is known of the use of models by jobs and writers that are gone, and on days more than 400 days ago. */
    Uni<Void> pruneUsage() {
        return pool.query(PRUNE_USAGE_OF_DAYS)
                .execute()
                .flatMap(pruned -> pool.query(PRUNE_WRITERS).execute())
                .flatMap(pruned -> pruneUsageOfJobs());
    }

    private Uni<Void> pruneUsageOfJobs() {
        return pool.preparedQuery(PRUNE_USAGE_OF_JOBS)
                .execute(Tuple.of(MAX_AT_ONCE))
                .flatMap(pruned ->
                        pruned.rowCount() < MAX_AT_ONCE ? Uni.createFrom().voidItem() : pruneUsageOfJobs());
    }

    private Uni<Void> prune(String state, int keep) {
        return pool.preparedQuery(PRUNE)
                .execute(Tuple.tuple()
                        .addString(state)
                        .addInteger(keep)
                        .addLong(config.atLeast().toMillis())
                        .addLong(config.finished().toMillis())
                        .addLong(config.unremembered().toMillis())
                        .addInteger(MAX_AT_ONCE))
                .flatMap(pruned -> {
                    LOG.debugf("%d %s jobs were removed", pruned.rowCount(), state);
                    return pruned.rowCount() < MAX_AT_ONCE ? Uni.createFrom().voidItem() : prune(state, keep);
                });
    }
}
