package org.memoryqueue.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.memoryqueue.commit.GroupCommit;
import org.memoryqueue.commit.GroupCommits;

/**
 * Remembers for a day what was answered to requests that carried an {@code Idempotency-Key}
 * (draft-ietf-httpapi-idempotency-key-header). A key is bound to its request, durably, before anything is done for it; so
 * another request can never act under it. What a request does must itself be idempotent: when its answer was lost, it is
 * done again.
 */
@Singleton
public final class IdempotencyKeys {

    private static final String RESERVE = """
            INSERT INTO memory.idempotency_key AS k (caller, key, student_id, chatbot_id, request)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
                       AS n (caller, key, student_id, chatbot_id, request)
             ORDER BY n.caller COLLATE "C", n.key COLLATE "C"
            ON CONFLICT (caller, key) DO UPDATE
               SET (student_id, chatbot_id, request, status, answer, created_at)
                   = (SELECT excluded.student_id, excluded.chatbot_id, excluded.request, NULL::integer, NULL::json, now()
                       WHERE k.created_at < now() - interval '24 hours'
                      UNION ALL
                      SELECT k.student_id, k.chatbot_id, k.request, k.status, k.answer, k.created_at
                       WHERE k.created_at >= now() - interval '24 hours')
            RETURNING caller, key, request, status, answer::text
            """;

    // The first answer stands: of two requests at once both get the same.
    private static final String ANSWER = """
            WITH held AS (
                SELECT k.caller, k.key, n.request, n.status, n.answer
                  FROM memory.idempotency_key k
                  JOIN unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::text[]::json[])
                       AS n (caller, key, request, status, answer) ON k.caller = n.caller AND k.key = n.key
                 ORDER BY k.caller, k.key
                   FOR UPDATE OF k
            )
            UPDATE memory.idempotency_key k
               SET status = coalesce(k.status, held.status), answer = coalesce(k.answer, held.answer)
              FROM held
             WHERE k.caller = held.caller AND k.key = held.key AND k.request = held.request
            RETURNING k.caller, k.key, k.request, k.status, k.answer::text
            """;

    private final Pool pool;
    private final GroupCommit<Request, Reservation> reservations;
    private final GroupCommit<Answered, Answer> answers;

    IdempotencyKeys(Pool pool, GroupCommits commits) {
        this.pool = pool;
        this.reservations = commits.create(this::reserveAll);
        this.answers = commits.create(this::answerAll);
    }

    /**
     * A request that carries a key.
     *
     * @param caller whose key it is
     * @param studentId whose data it is about; so is {@code chatbotId}
     * @param digest what tells it from another request
     */
    public record Request(String caller, String key, String studentId, String chatbotId, String digest) {

        private Id id() {
            return new Id(caller, key);
        }
    }

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param body JSON
     */
    public record Answer(int status, String body) {}

    /** Whose the key is from now on. */
    public sealed interface Reservation {

        /** The request's own, and there is no answer yet. */
        record Reserved() implements Reservation {}

        /** The request's own, and it was answered before. */
        record AlreadyAnswered(Answer answer) implements Reservation {}

        /** Another request's. */
        record Taken() implements Reservation {}
    }

    private record Id(String caller, String key) {

        static Id of(Row row) {
            return new Id(row.getString("caller"), row.getString("key"));
        }
    }

    private record Answered(Request request, Answer answer) {}

    private record Held(String digest, Optional<Answer> answer) {

        static Held of(Row row) {
            return new Held(
                    row.getString("request"),
                    Optional.ofNullable(row.getInteger("status"))
                            .map(status -> new Answer(status, row.getString("answer"))));
        }

        Reservation reservation(Request request) {
            return !digest.equals(request.digest())
                    ? new Reservation.Taken()
                    : answer.<Reservation>map(Reservation.AlreadyAnswered::new).orElseGet(Reservation.Reserved::new);
        }
    }

    /** Binds a key to its request, unless it is bound already. */
    public Uni<Reservation> reserve(Request request) {
        return reservations.submit(request);
    }

    /** Keeps the answer to a request; returns the one that is kept, which may be an earlier one. */
    public Uni<Answer> answer(Request request, Answer answer) {
        return answers.submit(new Answered(request, answer));
    }

    private Uni<List<Reservation>> reserveAll(List<Request> batch) {
        List<Request> first = firstOfEachKey(batch, Function.identity());
        return pool.preparedQuery(RESERVE)
                .execute(Tuple.of(
                        column(first, Request::caller),
                        column(first, Request::key),
                        column(first, Request::studentId),
                        column(first, Request::chatbotId),
                        column(first, Request::digest)))
                .map(IdempotencyKeys::held)
                .map(held -> batch.stream()
                        .map(request -> Optional.ofNullable(held.get(request.id()))
                                .orElseThrow(() -> new IllegalStateException("A key was not reserved"))
                                .reservation(request))
                        .toList());
    }

    private Uni<List<Answer>> answerAll(List<Answered> batch) {
        List<Answered> first = firstOfEachKey(batch, Answered::request);
        return pool.preparedQuery(ANSWER)
                .execute(Tuple.of(
                        column(first, each -> each.request().caller()),
                        column(first, each -> each.request().key()),
                        column(first, each -> each.request().digest()),
                        first.stream().map(each -> each.answer().status()).toArray(Integer[]::new),
                        column(first, each -> each.answer().body())))
                .map(IdempotencyKeys::held)
                // One whose key was erased meanwhile keeps its own.
                .map(held -> batch.stream()
                        .map(each -> Optional.ofNullable(held.get(each.request().id()))
                                .flatMap(Held::answer)
                                .orElse(each.answer()))
                        .toList());
    }

    private static <T> List<T> firstOfEachKey(List<T> batch, Function<T, Request> request) {
        Map<Id, T> first = new HashMap<>();
        batch.forEach(each -> first.putIfAbsent(request.apply(each).id(), each));
        return new ArrayList<>(first.values());
    }

    private static Map<Id, Held> held(RowSet<Row> rows) {
        Map<Id, Held> held = new HashMap<>();
        rows.forEach(row -> held.put(Id.of(row), Held.of(row)));
        return held;
    }

    private static <T> String[] column(List<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }
}
