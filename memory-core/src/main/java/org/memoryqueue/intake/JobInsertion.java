package org.memoryqueue.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;

/** Writes the rows of accepted sessions. */
@Singleton
final class JobInsertion {

    private static final String INSERT = """
            INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, messages, fingerprint,
                                           message_count, student_message_count, priority, revision)
            SELECT s.*, $10
              FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::text[]::json[], $6::bytea[],
                          $7::int[], $8::int[], $9::text[])
                   AS s (student_id, chatbot_id, room_id, session_start, messages, fingerprint,
                         message_count, student_message_count, priority)
             WHERE $10 > 1 OR NOT EXISTS (
                   SELECT FROM memory.student_chat_memories m
                    WHERE (m.student_id, m.chatbot_id, m.room_id, m.session_start)
                          = (s.student_id, s.chatbot_id, s.room_id, s.session_start))
             ORDER BY s.student_id COLLATE "C", s.chatbot_id COLLATE "C", s.room_id COLLATE "C", s.session_start
            ON CONFLICT (student_id, chatbot_id, room_id, session_start) WHERE NOT superseded DO NOTHING
            RETURNING id, priority, student_id, chatbot_id, room_id, session_start
            """;

    private static final String TAKE_OVER = """
            UPDATE memory.memory_job
               SET messages = $2::text::json, fingerprint = $3, message_count = $4, student_message_count = $5,
                   priority = $6, revision = $7, accepted_at = now()
             WHERE id = $1 AND state = 'queued'
            """;

    private static final String SUPERSEDE = "UPDATE memory.memory_job SET superseded = true WHERE id = $1";

    private final ObjectMapper json;

    JobInsertion(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Inserts jobs in one statement.
     *
     * @param submissions no two of one session
     * @param revision their revision; 1 stands for a session of which nothing may be remembered
     * @return the new jobs; a session that has a current job, or a memory though its revision is 1, has none
     */
    Uni<Map<Session, DueJob>> insert(SqlClient client, Collection<Submission> submissions, int revision) {
        Tuple columns = Tuple.tuple()
                .addValue(strings(submissions.stream().map(s -> s.session().studentId())))
                .addValue(strings(submissions.stream().map(s -> s.session().chatbotId())))
                .addValue(strings(submissions.stream().map(s -> s.session().roomId())))
                .addValue(submissions.stream()
                        .map(s -> Sessions.start(s.session()))
                        .toArray(OffsetDateTime[]::new))
                .addValue(strings(submissions.stream().map(this::messages)))
                .addValue(submissions.stream()
                        .map(s -> Buffer.buffer(s.fingerprint().bytes()))
                        .toArray(Buffer[]::new))
                .addValue(submissions.stream()
                        .map(s -> s.transcript().messageCount())
                        .toArray(Integer[]::new))
                .addValue(submissions.stream()
                        .map(s -> s.transcript().studentMessageCount())
                        .toArray(Integer[]::new))
                .addValue(strings(submissions.stream().map(s -> s.priority().word())))
                .addInteger(revision);
        return client.preparedQuery(INSERT).execute(columns).map(rows -> {
            Map<Session, DueJob> inserted = HashMap.newHashMap(submissions.size());
            rows.forEach(row -> inserted.put(
                    Sessions.session(row), new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority")))));
            return inserted;
        });
    }

    /** Gives a waiting job, which the caller has locked, a new revision of its transcript. */
    Uni<Void> takeOver(SqlClient client, long jobId, Submission submission, int revision) {
        return client.preparedQuery(TAKE_OVER)
                .execute(Tuple.tuple()
                        .addLong(jobId)
                        .addString(messages(submission))
                        .addValue(Buffer.buffer(submission.fingerprint().bytes()))
                        .addInteger(submission.transcript().messageCount())
                        .addInteger(submission.transcript().studentMessageCount())
                        .addString(submission.priority().word())
                        .addInteger(revision))
                .replaceWithVoid();
    }

    /** Makes room for a new current job of the session. */
    Uni<Void> supersede(SqlClient client, long jobId) {
        return client.preparedQuery(SUPERSEDE).execute(Tuple.of(jobId)).replaceWithVoid();
    }

    private String messages(Submission submission) {
        List<Message> messages = submission.transcript().messages();
        try {
            return json.writeValueAsString(messages);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The messages cannot be written as JSON", e);
        }
    }

    private static String[] strings(Stream<String> values) {
        return values.toArray(String[]::new);
    }
}
