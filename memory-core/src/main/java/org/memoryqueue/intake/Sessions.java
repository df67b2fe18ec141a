package org.memoryqueue.intake;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.intake.KnownSession.KnownJob;
import org.memoryqueue.intake.KnownSession.KnownMemory;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Fingerprint;
import org.memoryqueue.transcript.Session;

/** Looks up what is known of sessions. */
final class Sessions {

    private static final String FIND = """
            SELECT j.id AS job_id, j.state, j.revision, j.priority, j.fingerprint,
                   m.id AS memory_id, m.job_id AS memory_job_id, m.revision AS memory_revision,
                   m.created_at AS memory_created_at, m.message_count AS memory_message_count,
                   m.fingerprint AS memory_fingerprint
              FROM (VALUES ($1, $2, $3, $4::timestamptz)) AS s (student_id, chatbot_id, room_id, session_start)
              LEFT JOIN memory.memory_job j
                ON (j.student_id, j.chatbot_id, j.room_id, j.session_start)
                   = (s.student_id, s.chatbot_id, s.room_id, s.session_start) AND NOT j.superseded
              LEFT JOIN memory.student_chat_memories m
                ON (m.student_id, m.chatbot_id, m.room_id, m.session_start)
                   = (s.student_id, s.chatbot_id, s.room_id, s.session_start)
            """;

    private static final String LOCK = """
            SELECT id FROM memory.memory_job
             WHERE (student_id, chatbot_id, room_id, session_start) = ($1, $2, $3, $4) AND NOT superseded
               FOR UPDATE
            """;

    private Sessions() {}

    /** Reads what is known of a session, as of now. */
    static Uni<KnownSession> find(SqlClient client, Session session) {
        return client.preparedQuery(FIND).execute(key(session)).map(rows -> {
            Row row = rows.iterator().next();
            return new KnownSession(job(row), memory(row));
        });
    }

    /**
     * Holds the current job of a session, if there is one, until the end of the transaction.
     *
     * @return the job that is held; empty also when another took its place while this call waited for the lock
     */
    static Uni<Optional<Long>> lock(SqlClient client, Session session) {
        return client.preparedQuery(LOCK).execute(key(session)).map(rows -> {
            RowIterator<Row> held = rows.iterator();
            return held.hasNext() ? Optional.of(held.next().getLong("id")) : Optional.empty();
        });
    }

    /** The session's start as Postgres takes it. */
    static OffsetDateTime start(Session session) {
        return session.start().atOffset(ZoneOffset.UTC);
    }

    /** Reads the session from its four columns. */
    static Session session(Row row) {
        return new Session(
                row.getString("student_id"),
                row.getString("chatbot_id"),
                row.getString("room_id"),
                row.getOffsetDateTime("session_start").toInstant());
    }

    private static Tuple key(Session session) {
        return Tuple.of(session.studentId(), session.chatbotId(), session.roomId(), start(session));
    }

    private static @Nullable KnownJob job(Row row) {
        if (row.getLong("job_id") == null) {
            return null;
        }
        return new KnownJob(
                row.getLong("job_id"),
                JobState.ofWord(row.getString("state")),
                row.getInteger("revision"),
                Priority.ofWord(row.getString("priority")),
                Fingerprint.ofBytes(row.getBuffer("fingerprint").getBytes()));
    }

    private static @Nullable KnownMemory memory(Row row) {
        if (row.getUUID("memory_id") == null) {
            return null;
        }
        return new KnownMemory(
                row.getUUID("memory_id"),
                row.getLong("memory_job_id"),
                row.getInteger("memory_revision"),
                row.getOffsetDateTime("memory_created_at"),
                row.getInteger("memory_message_count"),
                Fingerprint.ofBytes(row.getBuffer("memory_fingerprint").getBytes()));
    }
}
