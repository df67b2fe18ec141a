package org.memoryqueue.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileReader;

/**
 * Everything that is held on a student, as lines of JSON. It is read page by page as the lines are taken, so no connection
 * waits for whoever reads slowly; what changes meanwhile may or may not be in it.
 */
@Singleton
public final class StudentExport {

    private static final String PROFILES = """
            SELECT chatbot_id AS after, chatbot_id AS line
              FROM memory.student_learning_profiles
             WHERE student_id = $1 AND $2::text[] IS NULL AND ($3::text IS NULL OR chatbot_id > $3)
             ORDER BY chatbot_id
             LIMIT $4
            """;

    private static final String MEMORIES = """
            SELECT m.id::text AS after, json_build_object(
                   'type', 'memory', 'id', id, 'student_id', student_id, 'chatbot_id', chatbot_id, 'room_id', room_id,
                   'session_start', session_start, 'conversation_summary', conversation_summary,
                   'key_topics', key_topics, 'learning_insights', learning_insights, 'next_steps', next_steps,
                   'message_count', message_count, 'session_duration_seconds', session_duration_seconds,
                   'created_at', created_at, 'generator', generator, 'assessment', assessment, 'evidence', evidence,
                   'flags', flags,
                   'observations', (
                       SELECT coalesce(json_agg(json_build_object(
                                  'topic', topic, 'correct_unaided', correct_unaided,
                                  'correct_with_help', correct_with_help, 'incorrect', incorrect) ORDER BY topic), '[]')
                         FROM memory.learning_observation o WHERE o.memory_id = m.id),
                   'preferences', (
                       SELECT coalesce(json_agg(json_build_object(
                                  'wish', wish, 'message_index', message_index, 'quote', quote)
                                  ORDER BY message_index, wish), '[]')
                         FROM memory.learning_preference w
                        WHERE (w.memory_id, w.job_id) = (m.id, m.job_id)),
                   'hidden', coalesce(c.hidden, false),
                   'correction', CASE WHEN c.memory_id IS NOT NULL THEN json_build_object(
                       'fields', c.fields, 'reason', c.reason, 'corrected_at', c.corrected_at) END)::text AS line
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
             WHERE student_id = $1 AND ($2::text[] IS NULL OR room_id = ANY ($2)) AND ($3::text IS NULL OR id > $3::text::uuid)
             ORDER BY id
             LIMIT $4
            """;

    private static final String JOBS = """
            SELECT j.id::text AS after, json_build_object(
                   'type', 'job', 'id', id::text, 'student_id', student_id, 'chatbot_id', chatbot_id, 'room_id', room_id,
                   'session_start', session_start, 'revision', revision, 'state', state, 'priority', priority,
                   'created_at', created_at, 'accepted_at', accepted_at, 'started_at', started_at,
                   'finished_at', finished_at, 'failed_reason', failed_reason, 'memory_id', memory_id,
                   'messages', messages,
                   'attempts', (
                       SELECT coalesce(json_agg(json_build_object(
                                  'worker', worker, 'started_at', a.started_at, 'ended_at', ended_at,
                                  'outcome', outcome, 'error_code', a.error_code) ORDER BY lease_token), '[]')
                         FROM memory.job_attempt a WHERE a.job_id = j.id))::text AS line
              FROM memory.memory_job j
             WHERE id IN (
                   SELECT id FROM memory.memory_job WHERE student_id = $1 AND NOT superseded
                   UNION ALL
                   SELECT id FROM memory.memory_job WHERE student_id = $1 AND superseded)
               AND ($2::text[] IS NULL OR room_id = ANY ($2)) AND ($3::text IS NULL OR id > $3::text::bigint)
             ORDER BY id
             LIMIT $4
            """;

    private static final String ANSWERS = """
            SELECT caller || ' ' || key AS after, json_build_object(
                   'type', 'answer', 'idempotency_key', key, 'student_id', student_id,
                   'chatbot_id', chatbot_id, 'status', status, 'answer', answer, 'created_at', created_at)::text AS line
              FROM memory.idempotency_key
             WHERE student_id = $1 AND $2::text[] IS NULL AND ($3::text IS NULL OR caller || ' ' || key > $3)
             ORDER BY caller || ' ' || key
             LIMIT $4
            """;

    private static final int PAGE = 20;

    /** Each may hold a transcript of a megabyte. */
    private static final int JOBS_ON_A_PAGE = 1;

    private final Pool pool;
    private final ProfileReader profiles;
    private final ObjectMapper json;

    StudentExport(Pool pool, ProfileReader profiles, ObjectMapper json) {
        this.pool = pool;
        this.profiles = profiles;
        this.json = json;
    }

    /**
     * Reads everything that is held on a student: a line for each profile, memory, job and kept answer.
     *
     * @param rooms the rooms whose memories and jobs count, and nothing else; empty for all that there is
     */
    public Multi<String> lines(String studentId, Optional<Set<String>> rooms) {
        String @Nullable [] only =
                rooms.map(names -> names.toArray(String[]::new)).orElse(null);
        return Multi.createBy()
                .concatenating()
                .streams(
                        lines(PROFILES, studentId, only, PAGE)
                                .onItem()
                                .transformToUniAndConcatenate(chatbotId -> profile(studentId, chatbotId)),
                        lines(MEMORIES, studentId, only, PAGE),
                        lines(JOBS, studentId, only, JOBS_ON_A_PAGE),
                        lines(ANSWERS, studentId, only, PAGE));
    }

    /** As it is shown elsewhere: what is stored may be made by older rules. Null when it was erased meanwhile. */
    private Uni<@Nullable String> profile(String studentId, String chatbotId) {
        return profiles.find(studentId, chatbotId)
                .map(found -> found.map(this::line).orElse(null));
    }

    private String line(Profile profile) {
        ObjectNode line = json.createObjectNode().put("type", "profile");
        return line.setAll((ObjectNode) json.valueToTree(profile)).toString();
    }

    private Multi<String> lines(String query, String studentId, String @Nullable [] rooms, int limit) {
        return Multi.createFrom().deferred(() -> {
            AtomicReference<@Nullable String> after = new AtomicReference<>();
            return Multi.createBy()
                    .repeating()
                    .uni(() -> pool.preparedQuery(query)
                            .execute(Tuple.of(studentId, rooms, after.get(), limit))
                            .map(rows -> page(rows, after)))
                    .whilst(page -> page.size() == limit)
                    .onItem()
                    .<String>disjoint();
        });
    }

    private static List<String> page(RowSet<Row> rows, AtomicReference<@Nullable String> after) {
        List<String> lines = new ArrayList<>();
        rows.forEach(row -> {
            lines.add(row.getString("line"));
            after.set(row.getString("after"));
        });
        return lines;
    }
}
