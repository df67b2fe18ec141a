package org.memoryqueue.model;

import io.vertx.mutiny.sqlclient.Row;
import java.time.ZoneOffset;
import org.memoryqueue.transcript.Session;

/**
 * What the reference and the tables must agree on about a memory.
 *
 * @param words they name the attempt that made it
 * @param topics what was observed, with the counts
 */
record MemoryView(Session session, long job, int messages, String words, String topics) {

    static final String SQL = """
            SELECT student_id, chatbot_id, room_id, session_start, job_id, message_count, conversation_summary,
                   (SELECT coalesce(string_agg(concat_ws(' ', topic, correct_unaided, correct_with_help, incorrect), ', '
                                               ORDER BY topic), '')
                      FROM memory.learning_observation WHERE memory_id = m.id) AS topics
              FROM memory.student_chat_memories m
            """;

    static MemoryView of(Row row) {
        return new MemoryView(
                new Session(
                        row.getString("student_id"),
                        row.getString("chatbot_id"),
                        row.getString("room_id"),
                        row.getOffsetDateTime("session_start")
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toInstant()),
                row.getLong("job_id"),
                row.getInteger("message_count"),
                row.getString("conversation_summary"),
                row.getString("topics"));
    }
}
