-- Tells what became of the old rows, and whether all is as import.sql leaves it. Changes nothing.
--
-- Why:   ../migrate.md
-- Locks: none.
-- Run:   psql … -v ON_ERROR_STOP=1 -f prepare.sql -f check.sql. Where `expected` has a number, `found` must be it; while the
--        old system is at work, what it has added since the import shows as not here yet.

BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL TimeZone = 'UTC';

INSERT INTO old_session SELECT * FROM pg_temp.readable_row;
ANALYZE old_session;
INSERT INTO touched_profile
SELECT DISTINCT student_id, chatbot_id FROM memory.student_chat_memories WHERE job_id = 0 AND generator = 'imported';
ANALYZE touched_profile;

SELECT 'old memories' AS finding, (SELECT count(*) FROM public.student_chat_memories) AS found, NULL::bigint AS expected
UNION ALL
SELECT 'left out: an id that the API refuses, or no time',
       (SELECT count(*) FROM public.student_chat_memories) - (SELECT count(*) FROM pg_temp.old_session), NULL
UNION ALL
SELECT 'left out: another row of the session is chosen, or ours has it',
       (SELECT count(*) FROM pg_temp.old_session) - (SELECT count(*) FROM pg_temp.chosen_session), NULL
UNION ALL
SELECT 'imported', (SELECT count(*) FROM memory.student_chat_memories WHERE job_id = 0 AND generator = 'imported'), NULL
UNION ALL
SELECT 'not here yet, or other than in the old table',
       (SELECT count(*)
          FROM pg_temp.chosen_session c
         WHERE NOT EXISTS (
               SELECT FROM memory.student_chat_memories m
                WHERE m.id = c.id
                  AND (m.student_id, m.chatbot_id, m.room_id, m.session_start, m.created_at, m.message_count)
                      = (c.student_id, c.chatbot_id, c.room_id, c.session_start, c.created_at, c.message_count)
                  AND (m.conversation_summary, m.key_topics, m.learning_insights, m.next_steps)
                      = (c.conversation_summary, c.key_topics, c.learning_insights, c.next_steps))), 0
UNION ALL
SELECT 'imported, but to be taken back',
       (SELECT count(*)
          FROM memory.student_chat_memories m
          JOIN pg_temp.old_session o ON o.id = m.id
         WHERE m.job_id = 0 AND m.generator = 'imported'
           AND NOT EXISTS (SELECT FROM pg_temp.chosen_session c WHERE c.id = m.id)), 0
UNION ALL
SELECT 'profiles that do not count what their memories add up to',
       (SELECT count(*)
          FROM pg_temp.counted_profile c
         WHERE NOT EXISTS (
               SELECT FROM memory.student_learning_profiles p
                WHERE (p.student_id, p.chatbot_id) = (c.student_id, c.chatbot_id)
                  AND (p.room_id, p.total_sessions, p.total_messages, p.last_session_at)
                      = (c.room_id, c.total_sessions, c.total_messages, c.last_session_at))), 0
UNION ALL
SELECT 'profiles whose topics are folded when they are next read, or by a rebuild',
       (SELECT count(*)
          FROM memory.student_learning_profiles p
          JOIN pg_temp.touched_profile t USING (student_id, chatbot_id)
         WHERE p.statistics -> 'version' = '0'), NULL
UNION ALL
SELECT 'old profiles without a memory, which have none here',
       (SELECT count(*)
          FROM public.student_learning_profiles o
         WHERE NOT EXISTS (SELECT FROM memory.student_learning_profiles p
                            WHERE p.student_id = o.student_id::text COLLATE "C"
                              AND p.chatbot_id = o.chatbot_id::text COLLATE "C")), NULL;
COMMIT;
