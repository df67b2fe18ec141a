-- Brings the old system's memories into ours, and marks the profiles of their students to be folded anew. After it, the imported
-- memories are those that chosen_session of prepare.sql names: run it as often as you like, to fetch what the old system
-- has added, and to take back what ours has got from elsewhere since.
--
-- Why:   ../migrate.md
-- Locks: the memories it writes, and at the end the profiles it marks, which workers wait for; no VACUUM of
--        memories meanwhile. It waits 2 s for a lock, then changes nothing: run it again.
-- Run:   psql … -v ON_ERROR_STOP=1 -f prepare.sql -f import.sql, beside live services.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = 0;
SET LOCAL TimeZone = 'UTC';

-- One import, or roll-back, at a time.
SELECT pg_advisory_xact_lock(hashtext('memory.migrate'));

INSERT INTO old_session SELECT * FROM pg_temp.readable_row;
ANALYZE old_session;
CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT * FROM pg_temp.chosen_session;
CREATE INDEX ON chosen (id);
ANALYZE chosen;

WITH taken_back AS (
    DELETE FROM memory.student_chat_memories m
     USING pg_temp.old_session o
     WHERE m.id = o.id AND m.job_id = 0 AND m.generator = 'imported'
       AND NOT EXISTS (SELECT FROM chosen c WHERE c.id = m.id)
    RETURNING m.student_id, m.chatbot_id
)
INSERT INTO touched_profile SELECT DISTINCT student_id, chatbot_id FROM taken_back;

-- An empty fingerprint knows no message, so that a later hand-in of the session is never taken for a duplicate.
WITH imported AS (
    INSERT INTO memory.student_chat_memories (
           id, student_id, chatbot_id, room_id, conversation_summary, key_topics, learning_insights, next_steps,
           message_count, session_duration_seconds, created_at, generator, assessment, evidence,
           session_start, job_id, revision, fingerprint, accepted_at, student_message_count)
    SELECT id, student_id, chatbot_id, room_id, conversation_summary, key_topics, learning_insights, next_steps,
           message_count, session_duration_seconds, created_at, 'imported',
           '{"solved_unaided": null, "outcome": "unknown", "confidence": 0.0}', '[]',
           session_start, 0, 1, '', created_at, message_count / 2 + message_count % 2
      FROM chosen
     ORDER BY student_id, chatbot_id, room_id, session_start
        ON CONFLICT DO NOTHING
    RETURNING id, student_id, chatbot_id, key_topics
), observed AS (
    INSERT INTO memory.learning_observation (memory_id, topic, correct_unaided, correct_with_help, incorrect)
    SELECT id, topic, 0, 0, 0
      FROM imported, unnest(key_topics) AS topic
     WHERE length(topic) <= 120
)
INSERT INTO touched_profile SELECT DISTINCT student_id, chatbot_id FROM imported ON CONFLICT DO NOTHING;

SELECT pg_temp.mark_profiles() AS profiles_marked;
COMMIT;
