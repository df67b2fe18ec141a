-- What import.sql, check.sql and roll-back.sql share: how an old row is read, which old rows are one session, and what
-- a profile counts. Run it before each of them, in the same session of psql: all it makes is temporary.
--
-- Why:   ../migrate.md
-- Locks: none.
-- Run:   as the owner of the old tables, on a connection of its own (no pooler that hands out transactions).

-- JSON in a text, as a writer leaves it who encodes twice; null when it is none.
CREATE OR REPLACE FUNCTION pg_temp.parsed(words text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN words::jsonb;
EXCEPTION WHEN data_exception OR program_limit_exceeded THEN
    RETURN NULL;
END
$$;

-- The texts of a JSON array in their order, without the blank ones; a single text is a list of one.
CREATE OR REPLACE FUNCTION pg_temp.texts(value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT coalesce(jsonb_agg(entry ORDER BY place), '[]')
              FROM jsonb_array_elements(CASE jsonb_typeof(value) WHEN 'array' THEN value ELSE jsonb_build_array(value) END)
                   WITH ORDINALITY AS list (entry, place)
             WHERE jsonb_typeof(entry) = 'string' AND entry #>> '{}' ~ '\S');
END
$$;

-- Insights in our shape. What has another shape is left out, but for bare words, which are kept as the progress.
CREATE OR REPLACE FUNCTION pg_temp.insights(value jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
    insights jsonb := value;
BEGIN
    IF jsonb_typeof(value) = 'string' THEN
        insights := pg_temp.parsed(value #>> '{}');
        IF jsonb_typeof(insights) IS DISTINCT FROM 'object' THEN
            insights := jsonb_build_object('progress', value);
        END IF;
    ELSIF jsonb_typeof(value) IS DISTINCT FROM 'object' THEN
        insights := '{}';
    END IF;
    RETURN jsonb_build_object(
        'understood', pg_temp.texts(insights -> 'understood'),
        'struggling', pg_temp.texts(insights -> 'struggling'),
        'progress', CASE jsonb_typeof(insights -> 'progress') WHEN 'string' THEN insights ->> 'progress' ELSE '' END);
END
$$;

-- The old rows, read as our columns. Left out is what could never be asked for or placed: ids that the API refuses, and
-- rows without a time.
CREATE OR REPLACE TEMP VIEW readable_row AS
SELECT CASE WHEN o.id::text ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN o.id::text::uuid
            ELSE md5('student_chat_memories ' || o.id::text)::uuid END AS id,
       ids.student_id, ids.chatbot_id, ids.room_id,
       coalesce(o.conversation_summary, '') AS conversation_summary,
       ARRAY (SELECT topic FROM unnest(o.key_topics) WITH ORDINALITY AS list (topic, place)
               WHERE topic ~ '\S' GROUP BY topic ORDER BY min(place)) AS key_topics,
       pg_temp.insights(to_jsonb(o.learning_insights)) AS learning_insights,
       coalesce(o.next_steps, '') AS next_steps,
       counted.message_count,
       counted.seconds AS session_duration_seconds,
       counted.created_at,
       counted.created_at - counted.seconds * interval '1 second' AS session_start
  FROM public.student_chat_memories o
 CROSS JOIN LATERAL (
       SELECT o.student_id::text COLLATE "C", o.chatbot_id::text COLLATE "C", o.room_id::text COLLATE "C")
       AS ids (student_id, chatbot_id, room_id)
 CROSS JOIN LATERAL (
       SELECT greatest(1, o.message_count::integer), greatest(0, o.session_duration_seconds::integer),
              o.created_at::timestamptz)
       AS counted (message_count, seconds, created_at)
 WHERE ids.student_id ~ '^[A-Za-z0-9_-]{1,128}$'
   AND ids.chatbot_id ~ '^[A-Za-z0-9_-]{1,128}$'
   AND ids.room_id ~ '^[A-Za-z0-9_-]{1,128}$'
   AND counted.created_at BETWEEN '1970-01-01 00:00:00+00' AND '9999-01-01 00:00:00+00';

-- The same, read once in a transaction, so that the planner knows how many there are.
CREATE TEMP TABLE IF NOT EXISTS old_session ON COMMIT DELETE ROWS AS SELECT * FROM pg_temp.readable_row WITH NO DATA;
CREATE INDEX IF NOT EXISTS old_session_start ON old_session (student_id, chatbot_id, room_id, session_start);

-- Sessions that ours holds itself: remembered, or accepted and under way.
CREATE OR REPLACE TEMP VIEW held_session AS
SELECT student_id, chatbot_id, room_id, session_start, accepted_at, message_count
  FROM memory.student_chat_memories
 WHERE job_id > 0
UNION ALL
SELECT student_id, chatbot_id, room_id, session_start, accepted_at, message_count
  FROM memory.memory_job
 WHERE NOT superseded AND state IN ('queued', 'running');

-- Whether two rows of one student, chatbot and room are one session. Starts are known to some seconds only, since an old
-- row tells when it was written; so: starts within a minute, or within ten with as many messages, one begun before the
-- other had ended.
CREATE OR REPLACE FUNCTION pg_temp.is_one_session(
    start_a timestamptz, end_a timestamptz, messages_a integer,
    start_b timestamptz, end_b timestamptz, messages_b integer) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT start_a BETWEEN start_b - interval '1 minute' AND start_b + interval '1 minute'
        OR start_a BETWEEN start_b - interval '10 minutes' AND start_b + interval '10 minutes'
           AND messages_a = messages_b AND start_a <= end_b AND start_b <= end_a
$$;

-- The old rows that are to be here: of each session the one with the most messages, the latest of several; none that
-- ours holds itself.
CREATE OR REPLACE TEMP VIEW chosen_session AS
SELECT o.*
  FROM pg_temp.old_session o
 WHERE NOT EXISTS (
       SELECT FROM pg_temp.old_session b
        WHERE (b.student_id, b.chatbot_id, b.room_id) = (o.student_id, o.chatbot_id, o.room_id)
          AND (b.message_count, b.created_at, b.id) > (o.message_count, o.created_at, o.id)
          AND pg_temp.is_one_session(o.session_start, o.created_at, o.message_count,
                                     b.session_start, b.created_at, b.message_count))
   AND NOT EXISTS (
       SELECT FROM pg_temp.held_session h
        WHERE (h.student_id, h.chatbot_id, h.room_id) = (o.student_id, o.chatbot_id, o.room_id)
          AND pg_temp.is_one_session(o.session_start, o.created_at, o.message_count,
                                     h.session_start, h.accepted_at, h.message_count))
   AND NOT EXISTS (SELECT FROM memory.student_chat_memories m WHERE m.id = o.id AND m.job_id > 0);

-- Whose profiles are to be marked in this transaction.
CREATE TEMP TABLE IF NOT EXISTS touched_profile (
    student_id text COLLATE "C" NOT NULL,
    chatbot_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (student_id, chatbot_id)
) ON COMMIT DELETE ROWS;

-- What the profiles of touched_profile count, ours and imported memories alike. Their topics are folded by the service:
-- org.memoryqueue.profile.
CREATE OR REPLACE TEMP VIEW counted_profile AS
SELECT m.student_id, m.chatbot_id,
       count(*) AS total_sessions, sum(m.student_message_count) AS total_messages, max(m.accepted_at) AS last_session_at,
       (array_agg(m.room_id ORDER BY m.accepted_at DESC, m.room_id DESC))[1] AS room_id
  FROM pg_temp.touched_profile p
  JOIN memory.student_chat_memories m USING (student_id, chatbot_id)
 GROUP BY m.student_id, m.chatbot_id;

-- Marks the touched profiles, each locked first, in the order in which the workers lock them; returns how many. Sums of
-- version 0 are nobody's: whoever reads or writes the profile next folds it anew, and so does a rebuild.
CREATE OR REPLACE FUNCTION pg_temp.mark_profiles() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    marked bigint;
BEGIN
    -- Without knowing how much there is by now, the planner would go through all of it for each profile.
    ANALYZE pg_temp.touched_profile, memory.student_chat_memories, memory.learning_observation;
    INSERT INTO memory.student_learning_profiles AS p (student_id, chatbot_id, room_id)
    SELECT student_id, chatbot_id, '' FROM pg_temp.touched_profile ORDER BY student_id, chatbot_id
        ON CONFLICT (student_id, chatbot_id) DO UPDATE SET room_id = p.room_id;

    UPDATE memory.student_learning_profiles p
       SET room_id = c.room_id, total_sessions = c.total_sessions, total_messages = c.total_messages,
           last_session_at = c.last_session_at, topics_mastered = '{}', topics_in_progress = '{}',
           topics_struggling = '{}', topic_progress = '{}',
           statistics = '{"version": 0, "sessions": 0, "messages": 0, "last": null, "topics": {}}'
      FROM pg_temp.counted_profile c
     WHERE (p.student_id, p.chatbot_id) = (c.student_id, c.chatbot_id);
    GET DIAGNOSTICS marked = ROW_COUNT;

    -- Nothing is left of them: as before a first session.
    DELETE FROM memory.student_learning_profiles p
     USING pg_temp.touched_profile t
     WHERE (p.student_id, p.chatbot_id) = (t.student_id, t.chatbot_id)
       AND NOT EXISTS (SELECT FROM memory.student_chat_memories m
                        WHERE (m.student_id, m.chatbot_id) = (p.student_id, p.chatbot_id));
    RETURN marked;
END
$$;
