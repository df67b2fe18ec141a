package org.memoryqueue.memory;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.memoryqueue.memory.WrittenMemory.Change;
import org.memoryqueue.transcript.Session;

/** Writes memories, one for each session: a newer revision replaces an older one, an older one changes nothing. */
@Singleton
public final class MemoryWriter {

    // Of two jobs of a session the later brings the newer revision. Its number does not tell: once the session's
    // current job is pruned, an older one may be at work still, and the numbers begin anew.
    private static final String WRITE = """
            INSERT INTO memory.student_chat_memories AS m (
                   id, student_id, chatbot_id, room_id, session_start, job_id, revision, fingerprint, accepted_at,
                   message_count, student_message_count, session_duration_seconds,
                   generator, conversation_summary, key_topics, learning_insights, next_steps, assessment, evidence, flags)
            SELECT n.id, j.student_id, j.chatbot_id, j.room_id, j.session_start, j.id, j.revision, j.fingerprint,
                   j.accepted_at, j.message_count, j.student_message_count,
                   greatest(0, least(2147483647, extract(epoch FROM j.accepted_at - j.session_start)))::integer,
                   n.generator, n.conversation_summary,
                   ARRAY (SELECT jsonb_array_elements_text(n.key_topics)),
                   n.learning_insights, n.next_steps, n.assessment, n.evidence,
                   ARRAY (SELECT jsonb_array_elements_text(n.flags))
              FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::text[]::jsonb[], $6::text[]::jsonb[],
                          $7::text[], $8::text[]::jsonb[], $9::text[]::jsonb[], $10::text[]::jsonb[])
                   AS n (id, job_id, generator, conversation_summary, key_topics, learning_insights, next_steps,
                         assessment, evidence, flags)
              JOIN memory.memory_job j ON j.id = n.job_id
             ORDER BY j.student_id, j.chatbot_id, j.room_id, j.session_start
            ON CONFLICT (student_id, chatbot_id, room_id, session_start) DO UPDATE
               SET job_id = excluded.job_id, revision = excluded.revision, fingerprint = excluded.fingerprint,
                   accepted_at = excluded.accepted_at, message_count = excluded.message_count,
                   student_message_count = excluded.student_message_count,
                   session_duration_seconds = excluded.session_duration_seconds,
                   generator = excluded.generator, conversation_summary = excluded.conversation_summary,
                   key_topics = excluded.key_topics, learning_insights = excluded.learning_insights,
                   next_steps = excluded.next_steps, assessment = excluded.assessment, evidence = excluded.evidence,
                   flags = excluded.flags
             WHERE excluded.job_id > m.job_id
            RETURNING m.id, m.job_id
            """;

    private static final String FIND = """
            SELECT m.id, j.id AS job_id
              FROM memory.memory_job j
              JOIN memory.student_chat_memories m
                ON (m.student_id, m.chatbot_id, m.room_id, m.session_start)
                   = (j.student_id, j.chatbot_id, j.room_id, j.session_start)
             WHERE j.id = ANY ($1)
            """;

    private static final String FORGET = """
            WITH preferences AS (
                DELETE FROM memory.learning_preference WHERE memory_id = ANY ($1)
            )
            DELETE FROM memory.learning_observation WHERE memory_id = ANY ($1)
            """;

    // A summary may name a topic more than once; its counts add up, as they do in a profile.
    private static final String OBSERVE = """
            INSERT INTO memory.learning_observation (memory_id, topic, correct_unaided, correct_with_help, incorrect)
            SELECT memory_id, topic, sum(correct_unaided), sum(correct_with_help), sum(incorrect)
              FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[], $5::int[])
                   AS o (memory_id, topic, correct_unaided, correct_with_help, incorrect)
             GROUP BY memory_id, topic
            """;

    private static final String PREFER = """
            INSERT INTO memory.learning_preference (memory_id, job_id, wish, message_index, quote)
            SELECT m.id, m.job_id, w.wish, w.message_index, w.quote
              FROM unnest($1::uuid[], $2::text[], $3::int[], $4::text[]) AS w (memory_id, wish, message_index, quote)
              JOIN memory.student_chat_memories m ON m.id = w.memory_id
                ON CONFLICT DO NOTHING
            """;

    private final ObjectMapper json;

    MemoryWriter(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Writes memories and what their sessions showed, within the caller's transaction.
     *
     * @param memories at least one, no two of one session
     * @return what became of each, by session
     */
    public Uni<Map<Session, WrittenMemory>> write(SqlClient client, List<NewMemory> memories) {
        return upsert(client, memories)
                .flatMap(written -> findKept(client, memories, written))
                .call(written -> observe(client, memories, written));
    }

    private Uni<Map<Session, WrittenMemory>> upsert(SqlClient client, List<NewMemory> memories) {
        Map<Long, NewMemory> byJob = memories.stream().collect(Collectors.toMap(NewMemory::jobId, Function.identity()));
        return client.preparedQuery(WRITE)
                .execute(Tuple.tuple()
                        .addValue(memories.stream().map(NewMemory::id).toArray(UUID[]::new))
                        .addValue(memories.stream().map(NewMemory::jobId).toArray(Long[]::new))
                        .addValue(column(memories, Summary::generator))
                        .addValue(column(memories, Summary::conversationSummary))
                        .addValue(column(memories, summary -> write(summary.keyTopics())))
                        .addValue(column(memories, summary -> write(summary.insights())))
                        .addValue(column(memories, Summary::nextSteps))
                        .addValue(column(memories, summary -> write(summary.assessment())))
                        .addValue(column(memories, summary -> write(summary.evidence())))
                        .addValue(column(memories, summary -> write(summary.flags()))))
                .map(rows -> {
                    Map<Session, WrittenMemory> written = new HashMap<>();
                    rows.forEach(row -> {
                        NewMemory memory = requireNonNull(byJob.get(row.getLong("job_id")));
                        UUID id = row.getUUID("id");
                        written.put(
                                memory.session(),
                                new WrittenMemory(id, id.equals(memory.id()) ? Change.ADDED : Change.REPLACED));
                    });
                    return written;
                });
    }

    /** Adds the memories that were newer than what was to be written. */
    private static Uni<Map<Session, WrittenMemory>> findKept(
            SqlClient client, List<NewMemory> memories, Map<Session, WrittenMemory> written) {
        Map<Long, Session> older = memories.stream()
                .filter(memory -> !written.containsKey(memory.session()))
                .collect(Collectors.toMap(NewMemory::jobId, NewMemory::session));
        if (older.isEmpty()) {
            return Uni.createFrom().item(written);
        }
        return client.preparedQuery(FIND)
                .execute(Tuple.of(older.keySet().toArray(Long[]::new)))
                .map(rows -> {
                    rows.forEach(row -> written.put(
                            older.get(row.getLong("job_id")), new WrittenMemory(row.getUUID("id"), Change.KEPT)));
                    return written;
                });
    }

    private static Uni<Void> observe(SqlClient client, List<NewMemory> memories, Map<Session, WrittenMemory> written) {
        Set<UUID> replaced = written.values().stream()
                .filter(memory -> memory.change() == Change.REPLACED)
                .map(WrittenMemory::id)
                .collect(Collectors.toSet());
        Uni<Void> forgotten = replaced.isEmpty()
                ? Uni.createFrom().voidItem()
                : client.preparedQuery(FORGET)
                        .execute(Tuple.of(replaced.toArray(UUID[]::new)))
                        .replaceWithVoid();
        List<Shown<Observation>> observed = shown(memories, written, Summary::observations);
        List<Shown<Preference>> preferred = shown(memories, written, Summary::preferences);
        return forgotten
                .chain(() -> insertObservations(client, observed))
                .chain(() -> insertPreferences(client, preferred));
    }

    /** Something that a session showed, and the memory that it belongs to. */
    private record Shown<T>(UUID memoryId, T it) {}

    private static <T> List<Shown<T>> shown(
            Collection<NewMemory> memories, Map<Session, WrittenMemory> written, Function<Summary, List<T>> found) {
        List<Shown<T>> shown = new ArrayList<>();
        for (NewMemory memory : memories) {
            WrittenMemory target = requireNonNull(written.get(memory.session()));
            if (target.change() != Change.KEPT) {
                found.apply(memory.summary()).forEach(it -> shown.add(new Shown<>(target.id(), it)));
            }
        }
        return shown;
    }

    private static Uni<Void> insertObservations(SqlClient client, List<Shown<Observation>> observed) {
        if (observed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(OBSERVE)
                .execute(Tuple.of(
                        observed.stream().map(Shown::memoryId).toArray(UUID[]::new),
                        observed.stream().map(o -> o.it().topic()).toArray(String[]::new),
                        observed.stream().map(o -> o.it().correctUnaided()).toArray(Integer[]::new),
                        observed.stream().map(o -> o.it().correctWithHelp()).toArray(Integer[]::new),
                        observed.stream().map(o -> o.it().incorrect()).toArray(Integer[]::new)))
                .replaceWithVoid();
    }

    private static Uni<Void> insertPreferences(SqlClient client, List<Shown<Preference>> preferred) {
        if (preferred.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(PREFER)
                .execute(Tuple.of(
                        preferred.stream().map(Shown::memoryId).toArray(UUID[]::new),
                        preferred.stream().map(p -> p.it().wish().word()).toArray(String[]::new),
                        preferred.stream().map(p -> p.it().messageIndex()).toArray(Integer[]::new),
                        preferred.stream().map(p -> p.it().quote()).toArray(String[]::new)))
                .replaceWithVoid();
    }

    private static String[] column(List<NewMemory> memories, Function<Summary, String> value) {
        return memories.stream().map(memory -> value.apply(memory.summary())).toArray(String[]::new);
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The summary cannot be written as JSON", e);
        }
    }
}
