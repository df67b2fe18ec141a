package org.memoryqueue.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Cursor;
import org.memoryqueue.operator.Action;

/**
 * Erases what is held on a student: jobs, transcripts, attempts, memories, observations, profiles and replayed answers, in
 * one transaction. What was in flight finds its job gone and changes nothing. Beside it a record is written that names
 * nobody, by which the same is erased again from a restored backup.
 */
@Singleton
public final class Eraser {

    private static final String RECORD = """
            WITH salted AS (SELECT decode(replace(gen_random_uuid()::text, '-', ''), 'hex') AS salt),
            recorded AS (
                INSERT INTO memory.erasure (salt, student_hash, chatbot_hash)
                SELECT salt, sha256(salt || convert_to($1, 'UTF8')), sha256(salt || convert_to($2, 'UTF8')) FROM salted
            )
            INSERT INTO memory.operator_action (operator, action, changed) VALUES ($3, $4, $5)
            """;

    private static final String READ = """
            SELECT id, at, encode(salt, 'hex') AS salt, encode(student_hash, 'hex') AS student_hash,
                   encode(chatbot_hash, 'hex') AS chatbot_hash
              FROM memory.erasure
             WHERE $1::timestamptz IS NULL OR (at, id) > ($1, $2::uuid)
             ORDER BY at, id
             LIMIT $3
            """;

    private static final String TAKE = """
            INSERT INTO memory.erasure (id, at, salt, student_hash, chatbot_hash)
            SELECT id, at, decode(salt, 'hex'), decode(student, 'hex'), decode(chatbot, 'hex')
              FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])
                   AS e (id, at, salt, student, chatbot)
            ON CONFLICT (id) DO NOTHING
            """;

    // Each pair of a student and a chatbot that is there, with the newest erasure that concerns it.
    private static final String CONCERNED = """
            SELECT held.student_id, held.chatbot_id, max(e.at) AS until
              FROM (SELECT student_id, chatbot_id FROM memory.memory_job
                    UNION SELECT student_id, chatbot_id FROM memory.student_chat_memories
                    UNION SELECT student_id, chatbot_id FROM memory.student_learning_profiles
                    UNION SELECT student_id, chatbot_id FROM memory.idempotency_key) AS held
              JOIN memory.erasure e
                ON e.student_hash = sha256(e.salt || convert_to(held.student_id, 'UTF8'))
               AND (e.chatbot_hash IS NULL OR e.chatbot_hash = sha256(e.salt || convert_to(held.chatbot_id, 'UTF8')))
             WHERE e.id = ANY ($1)
             GROUP BY held.student_id, held.chatbot_id
             ORDER BY held.student_id, held.chatbot_id
            """;

    private static final String AUDIT = """
            INSERT INTO memory.operator_action (operator, action, changed) VALUES ($1, $2, $3)
            """;

    private final Pool pool;
    private final StudentData data;

    Eraser(Pool pool, StudentData data) {
        this.pool = pool;
        this.data = data;
    }

    /**
     * Erases what is held on a student. Doing so again erases what came since, or nothing.
     *
     * @param chatbotId the chatbot whose data are concerned; empty for all
     * @param operator who does it
     */
    public Uni<Erased> erase(String studentId, Optional<String> chatbotId, String operator) {
        return pool.withTransaction(connection -> data.delete(connection, studentId, chatbotId, Optional.empty())
                .call(erased -> connection
                        .preparedQuery(RECORD)
                        .execute(Tuple.of(
                                studentId, chatbotId.orElse(null), operator, Action.ERASE.word(), erased.total()))));
    }

    /**
     * Reads a page of the records, oldest first.
     *
     * @param after where the page starts; null for the first page
     * @param limit the most records on it, at least 1
     */
    public Uni<List<Erasure>> read(@Nullable Cursor after, int limit) {
        return pool.preparedQuery(READ)
                .execute(Tuple.of(after == null ? null : after.createdAt(), after == null ? null : after.id(), limit))
                .map(rows -> {
                    List<Erasure> found = new ArrayList<>();
                    rows.forEach(row -> found.add(erasure(row)));
                    return found;
                });
    }

    /**
     * Erases again what was erased before, after a backup was restored that holds it still. What was accepted after an
     * erasure is not concerned by it. May be repeated.
     */
    public Uni<Erased> eraseAgain(List<Erasure> erasures, String operator) {
        return pool.withTransaction(connection -> take(connection, erasures)
                .chain(() -> connection
                        .preparedQuery(CONCERNED)
                        .execute(Tuple.of(erasures.stream().map(Erasure::id).toArray(UUID[]::new))))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> data.delete(
                        connection,
                        row.getString("student_id"),
                        Optional.of(row.getString("chatbot_id")),
                        Optional.of(row.getOffsetDateTime("until"))))
                .collect()
                .in(() -> new Erased[] {Erased.NOTHING}, (sum, erased) -> sum[0] = sum[0].plus(erased))
                .map(sum -> sum[0])
                .call(erased -> connection
                        .preparedQuery(AUDIT)
                        .execute(Tuple.of(operator, Action.ERASE_AGAIN.word(), erased.total()))));
    }

    private static Uni<Void> take(SqlClient client, List<Erasure> erasures) {
        return client.preparedQuery(TAKE)
                .execute(Tuple.of(
                        erasures.stream().map(Erasure::id).toArray(UUID[]::new),
                        erasures.stream().map(Erasure::at).toArray(OffsetDateTime[]::new),
                        erasures.stream().map(Erasure::salt).toArray(String[]::new),
                        erasures.stream().map(Erasure::studentHash).toArray(String[]::new),
                        erasures.stream().map(Erasure::chatbotHash).toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static Erasure erasure(Row row) {
        return new Erasure(
                row.getUUID("id"),
                row.getOffsetDateTime("at"),
                row.getString("salt"),
                row.getString("student_hash"),
                row.getString("chatbot_hash"));
    }
}
