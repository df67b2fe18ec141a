package org.memoryqueue.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what is remembered. */
@Singleton
public final class MemoryReader {

    private static final String COLUMNS = """
            SELECT m.id, student_id, chatbot_id, room_id, conversation_summary, key_topics, learning_insights::text,
                   next_steps, message_count, session_duration_seconds, created_at, generator, assessment::text,
                   evidence::text, flags, c.fields::text AS correction,
                   CASE WHEN c.fields <> '{}' THEN c.corrected_at END AS corrected_at
            """;

    private static final String FIND = COLUMNS + """
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
             WHERE student_id = $1 AND chatbot_id = $2
               AND ($3::text[] IS NULL OR room_id = ANY ($3))
               AND ($4::timestamptz IS NULL OR (created_at, m.id) < ($4, $5::uuid))
               AND c.hidden IS NOT TRUE
             ORDER BY created_at DESC, m.id DESC
             LIMIT $6
            """;

    private static final String OUTLINE = """
            SELECT m.id, created_at,
                   CASE WHEN c.fields ? 'key_topics' THEN ARRAY (SELECT jsonb_array_elements_text(c.fields -> 'key_topics'))
                        ELSE key_topics END AS key_topics
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
             WHERE student_id = $1 AND chatbot_id = $2
               AND ($3::text[] IS NULL OR room_id = ANY ($3))
               AND c.hidden IS NOT TRUE
             ORDER BY created_at DESC, m.id DESC
             LIMIT $4
            """;

    private static final String FIND_THESE = COLUMNS + """
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
             WHERE m.id = ANY ($1) AND c.hidden IS NOT TRUE
            """;

    private static final String FIND_ONE = COLUMNS + """
                   , coalesce(c.hidden, false) AS hidden, c.reason,
                   (SELECT coalesce(json_agg(json_build_object(
                               'topic', topic, 'correctUnaided', correct_unaided,
                               'correctWithHelp', correct_with_help, 'incorrect', incorrect) ORDER BY topic), '[]')
                      FROM memory.learning_observation o WHERE o.memory_id = m.id)::text AS observations
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
             WHERE m.id = $1
            """;

    private final Pool pool;
    private final ObjectMapper json;

    MemoryReader(Pool pool, ObjectMapper json) {
        this.pool = pool;
        this.json = json;
    }

    /**
     * Reads a page of a student's memories, newest first, as they were corrected, and without those that are hidden.
     *
     * @param rooms the rooms whose memories count; empty for all
     * @param after where the page starts, null for the first page
     * @param limit the most memories on it, at least 1
     */
    public Uni<Page> find(
            String studentId, String chatbotId, Optional<Set<String>> rooms, @Nullable Cursor after, int limit) {
        Tuple parameters = Tuple.tuple()
                .addString(studentId)
                .addString(chatbotId)
                .addValue(rooms.map(only -> only.toArray(String[]::new)).orElse(null))
                .addValue(after == null ? null : after.createdAt())
                .addValue(after == null ? null : after.id())
                .addInteger(limit + 1);
        return pool.preparedQuery(FIND).execute(parameters).map(rows -> {
            List<Memory> found = new ArrayList<>();
            rows.forEach(row -> found.add(memory(row)));
            return page(found, limit);
        });
    }

    /**
     * Reads of each of a student's newest memories as much as is needed to choose among them, newest first.
     *
     * @param rooms the rooms whose memories count; empty for all
     * @param limit the most memories, at least 1
     */
    public Uni<List<MemoryOutline>> outlines(
            String studentId, String chatbotId, Optional<Set<String>> rooms, int limit) {
        return pool.preparedQuery(OUTLINE)
                .execute(Tuple.of(
                        studentId,
                        chatbotId,
                        rooms.map(only -> only.toArray(String[]::new)).orElse(null),
                        limit))
                .map(rows -> {
                    List<MemoryOutline> found = new ArrayList<>();
                    rows.forEach(row -> found.add(new MemoryOutline(
                            row.getUUID("id"),
                            row.getOffsetDateTime("created_at"),
                            List.of(row.getArrayOfStrings("key_topics")))));
                    return found;
                });
    }

    /** Reads some memories, in the order of their ids here; those that are hidden or gone are left out. */
    public Uni<List<Memory>> find(List<UUID> ids) {
        return pool.preparedQuery(FIND_THESE)
                .execute(Tuple.of(ids.toArray(UUID[]::new)))
                .map(rows -> {
                    List<Memory> found = new ArrayList<>();
                    rows.forEach(row -> found.add(memory(row)));
                    found.sort(Comparator.comparingInt(memory -> ids.indexOf(memory.id())));
                    return found;
                });
    }

    /** Reads one memory, also a hidden one; empty if there is none. */
    public Uni<Optional<ReviewedMemory>> find(SqlClient client, UUID id) {
        return client.preparedQuery(FIND_ONE).execute(Tuple.of(id)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(reviewed(found.next())) : Optional.empty();
        });
    }

    private ReviewedMemory reviewed(Row row) {
        Correction correction = correction(row);
        return new ReviewedMemory(
                memory(row),
                correction.of(read(row.getString("observations"), new TypeReference<List<Observation>>() {})),
                row.getBoolean("hidden"),
                correction,
                row.getString("reason"));
    }

    private Correction correction(Row row) {
        String fields = row.getString("correction");
        return fields == null ? Correction.NONE : read(fields, new TypeReference<>() {});
    }

    private static Page page(List<Memory> found, int limit) {
        if (found.size() <= limit) {
            return new Page(found, Optional.empty());
        }
        Memory last = found.get(limit - 1);
        return new Page(found.subList(0, limit), Optional.of(new Cursor(last.createdAt(), last.id())));
    }

    private Memory memory(Row row) {
        return correction(row).of(written(row));
    }

    private Memory written(Row row) {
        return new Memory(
                row.getUUID("id"),
                row.getString("student_id"),
                row.getString("chatbot_id"),
                row.getString("room_id"),
                row.getString("conversation_summary"),
                List.of(row.getArrayOfStrings("key_topics")),
                read(row.getString("learning_insights"), new TypeReference<>() {}),
                row.getString("next_steps"),
                row.getInteger("message_count"),
                row.getInteger("session_duration_seconds"),
                row.getOffsetDateTime("created_at"),
                row.getString("generator"),
                read(row.getString("assessment"), new TypeReference<>() {}),
                read(row.getString("evidence"), new TypeReference<>() {}),
                List.of(row.getArrayOfStrings("flags")),
                row.getOffsetDateTime("corrected_at"));
    }

    private <T> T read(String text, TypeReference<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored memory is not what was stored", e);
        }
    }
}
