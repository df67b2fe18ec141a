package org.memoryqueue.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
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

    // Of what was accepted until then all is seen by the statements that follow.
    private static final String NOW = "SELECT clock_timestamp() AS at";

    private static final String RECORD = """
            WITH salted AS (SELECT decode(replace(gen_random_uuid()::text, '-', ''), 'hex') AS salt),
            recorded AS (
                INSERT INTO memory.erasure (at, salt, student_hash, chatbot_hash)
                SELECT $6, salt, sha256(salt || convert_to($1, 'UTF8')), sha256(salt || convert_to($2, 'UTF8'))
                  FROM salted
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

    // Who has a memory has a profile. Every student is held against every record.
    private static final String CONCERNED = """
            WITH held AS MATERIALIZED (
                SELECT student_id FROM memory.memory_job
                UNION SELECT student_id FROM memory.student_learning_profiles
                UNION SELECT student_id FROM memory.idempotency_key
            )
            SELECT held.student_id, e.id, e.at, e.chatbot_hash IS NULL AS all_chatbots
              FROM memory.erasure e
              JOIN held ON e.student_hash = sha256(e.salt || convert_to(held.student_id, 'UTF8'))
             WHERE e.id = ANY ($1)
             ORDER BY held.student_id, e.at
            """;

    private static final String CHATBOT = """
            SELECT held.chatbot_id
              FROM (SELECT chatbot_id FROM memory.memory_job WHERE student_id = $1
                    UNION SELECT chatbot_id FROM memory.student_learning_profiles WHERE student_id = $1
                    UNION SELECT chatbot_id FROM memory.idempotency_key WHERE student_id = $1) AS held
              JOIN memory.erasure e ON e.chatbot_hash = sha256(e.salt || convert_to(held.chatbot_id, 'UTF8'))
             WHERE e.id = $2
            """;

    /** So many records are compared in one statement: with 100,000 students it takes about a second. */
    private static final int COMPARED_AT_ONCE = 10;

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
        return pool.withTransaction(connection -> connection
                .query(NOW)
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime("at"))
                .flatMap(at -> data.delete(connection, studentId, chatbotId, Optional.empty())
                        .call(erased -> connection
                                .preparedQuery(RECORD)
                                .execute(Tuple.of(
                                        studentId,
                                        chatbotId.orElse(null),
                                        operator,
                                        Action.ERASE.word(),
                                        erased.total(),
                                        at)))));
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
     * Erases again what was erased before, after a backup was restored that holds it still: each student in a transaction of
     * its own. What was accepted after an erasure is not concerned by it. May be repeated, also after it has failed.
     */
    public Uni<Erased> eraseAgain(List<Erasure> erasures, String operator) {
        return take(erasures)
                .onItem()
                .transformToMulti(taken -> Multi.createFrom()
                        .iterable(erasures)
                        .group()
                        .intoLists()
                        .of(COMPARED_AT_ONCE))
                .onItem()
                .transformToUniAndConcatenate(this::eraseConcerned)
                .collect()
                .in(Sum::new, Sum::add)
                .map(sum -> sum.erased)
                .call(erased -> pool.preparedQuery(AUDIT)
                        .execute(Tuple.of(operator, Action.ERASE_AGAIN.word(), erased.total())));
    }

    private static final class Sum {
        private Erased erased = Erased.NOTHING;

        void add(Erased more) {
            erased = erased.plus(more);
        }
    }

    private Uni<Erased> eraseConcerned(List<Erasure> erasures) {
        return pool.preparedQuery(CONCERNED)
                .execute(Tuple.of(erasures.stream().map(Erasure::id).toArray(UUID[]::new)))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(this::eraseConcerned)
                .collect()
                .in(Sum::new, Sum::add)
                .map(sum -> sum.erased);
    }

    private Uni<Erased> eraseConcerned(Row match) {
        String student = match.getString("student_id");
        Optional<OffsetDateTime> until = Optional.of(match.getOffsetDateTime("at"));
        if (match.getBoolean("all_chatbots")) {
            return pool.withTransaction(connection -> data.delete(connection, student, Optional.empty(), until));
        }
        return pool.preparedQuery(CHATBOT)
                .execute(Tuple.of(student, match.getUUID("id")))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> pool.withTransaction(connection ->
                        data.delete(connection, student, Optional.of(row.getString("chatbot_id")), until)))
                .collect()
                .in(Sum::new, Sum::add)
                .map(sum -> sum.erased);
    }

    private Uni<Void> take(List<Erasure> erasures) {
        return pool.preparedQuery(TAKE)
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
