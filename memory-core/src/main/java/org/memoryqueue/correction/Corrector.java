package org.memoryqueue.correction;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.memory.ReviewedMemory;
import org.memoryqueue.operator.Action;
import org.memoryqueue.profile.ProfileWriter;

/**
 * Puts memories right. The correction, the profile that follows from it and the record of who did it change in one
 * transaction, which locks as a completion does: memory first, then profile.
 */
@Singleton
public final class Corrector {

    private static final String HOLD = """
            SELECT student_id, chatbot_id, room_id FROM memory.student_chat_memories WHERE id = $1 FOR UPDATE
            """;

    // A statement of its own, so that it sees what was committed while the one before waited.
    private static final String FIND = "SELECT hidden, fields::text FROM memory.memory_correction WHERE memory_id = $1";

    private static final String WRITE = """
            INSERT INTO memory.memory_correction (memory_id, hidden, fields, reason) VALUES ($1, $2, $3::text::jsonb, $4)
                ON CONFLICT (memory_id) DO UPDATE
               SET hidden = excluded.hidden, fields = excluded.fields, reason = excluded.reason, corrected_at = now()
            """;

    private static final String WITHDRAW = "DELETE FROM memory.memory_correction WHERE memory_id = $1";

    private static final String RECORD = """
            INSERT INTO memory.operator_action (operator, action, filter, changed) VALUES ($1, $2, $3, $4)
            """;

    private final Pool pool;
    private final ObjectMapper json;
    private final MemoryReader memories;
    private final ProfileWriter profiles;

    Corrector(Pool pool, ObjectMapper json, MemoryReader memories, ProfileWriter profiles) {
        this.pool = pool;
        this.json = json;
        this.memories = memories;
        this.profiles = profiles;
    }

    /**
     * A memory after a call.
     *
     * @param changed whether the call changed it
     */
    public record Corrected(ReviewedMemory memory, boolean changed) {}

    /**
     * Shows a memory to somebody who may put it right.
     *
     * @param mayCorrect whether they may, by the room
     * @return empty if there is no such memory, or they may not
     */
    public Uni<Optional<ReviewedMemory>> review(UUID memoryId, Predicate<String> mayCorrect) {
        return memories.find(pool, memoryId)
                .map(found -> found.filter(
                        reviewed -> mayCorrect.test(reviewed.memory().roomId())));
    }

    /**
     * Corrects or hides a memory, or takes that back. Doing so again changes nothing.
     *
     * @param mayCorrect whether the operator may, by the room
     * @param operator who does it
     * @return empty if there is no such memory, or the operator may not
     */
    public Uni<Optional<Corrected>> correct(
            UUID memoryId, Predicate<String> mayCorrect, Change change, String operator) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(HOLD)
                .execute(Tuple.of(memoryId))
                .flatMap(rows -> {
                    RowIterator<Row> held = rows.iterator();
                    Row memory = held.hasNext() ? held.next() : null;
                    return memory == null || !mayCorrect.test(memory.getString("room_id"))
                            ? Uni.createFrom().item(Optional.empty())
                            : correct(connection, memoryId, memory, change, operator)
                                    .map(Optional::of);
                }));
    }

    /** What stands beside a memory. */
    private record Standing(boolean hidden, ObjectNode fields) {

        boolean isNothing() {
            return !hidden && fields.isEmpty();
        }
    }

    private Uni<Corrected> correct(SqlClient client, UUID id, Row memory, Change change, String operator) {
        return client.preparedQuery(FIND).execute(Tuple.of(id)).flatMap(rows -> {
            RowIterator<Row> found = rows.iterator();
            Standing before = found.hasNext() ? standing(found.next()) : new Standing(false, json.createObjectNode());
            Standing after = after(before, change);
            boolean changed = !after.equals(before);
            return (changed
                            ? apply(client, id, memory, after, change.reason())
                                    .chain(() -> record(client, id, before, after, operator))
                            : Uni.createFrom().voidItem())
                    .chain(() -> memories.find(client, id))
                    .map(reviewed -> new Corrected(reviewed.orElseThrow(), changed));
        });
    }

    private Standing standing(Row row) {
        try {
            return new Standing(row.getBoolean("hidden"), (ObjectNode) json.readTree(row.getString("fields")));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored correction is not what was stored", e);
        }
    }

    private static Standing after(Standing before, Change change) {
        ObjectNode fields = before.fields().deepCopy();
        change.fields().properties().forEach(field -> {
            if (field.getValue().isNull()) {
                fields.remove(field.getKey());
            } else {
                fields.set(field.getKey(), field.getValue());
            }
        });
        return new Standing(change.hidden() == null ? before.hidden() : change.hidden(), fields);
    }

    private Uni<Void> apply(SqlClient client, UUID id, Row memory, Standing after, String reason) {
        Uni<?> written = after.isNothing()
                ? client.preparedQuery(WITHDRAW).execute(Tuple.of(id))
                : client.preparedQuery(WRITE)
                        .execute(Tuple.of(id, after.hidden(), after.fields().toString(), reason));
        return written.chain(
                () -> profiles.foldAgain(client, memory.getString("student_id"), memory.getString("chatbot_id")));
    }

    /** By the names of the fields only: the record outlives the memory, and holds no words of anybody. */
    private static Uni<Void> record(SqlClient client, UUID id, Standing before, Standing after, String operator) {
        List<String> fields = new ArrayList<>();
        if (before.hidden() != after.hidden()) {
            fields.add(after.hidden() ? "hidden" : "shown");
        }
        for (ObjectNode one : List.of(before.fields(), after.fields())) {
            one.fieldNames().forEachRemaining(name -> {
                if (!fields.contains(name)
                        && !Objects.equals(
                                before.fields().get(name), after.fields().get(name))) {
                    fields.add(name);
                }
            });
        }
        return client.preparedQuery(RECORD)
                .execute(Tuple.of(
                        operator,
                        Action.CORRECT_MEMORY.word(),
                        new JsonObject().put("memoryId", id.toString()).put("fields", new JsonArray(fields)),
                        fields.isEmpty() ? 0L : 1L))
                .replaceWithVoid();
    }
}
