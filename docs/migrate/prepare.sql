-- What import.sql, check.sql and roll-back.sql share: how an old row is read, which old rows are one session, and how a
-- profile is folded. Run it before each of them, in the same session of psql: all it makes is temporary.
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

-- Whose profiles are to be folded in this transaction.
CREATE TEMP TABLE IF NOT EXISTS touched_profile (
    student_id text COLLATE "C" NOT NULL,
    chatbot_id text COLLATE "C" NOT NULL,
    PRIMARY KEY (student_id, chatbot_id)
) ON COMMIT DELETE ROWS;

-- Moments as Java writes them: a fraction has 0, 3 or 6 digits (Instant), or as many as it needs (OffsetDateTime).
CREATE OR REPLACE FUNCTION pg_temp.instant(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT regexp_replace(to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.000000$|000$', '') || 'Z'
$$;
CREATE OR REPLACE FUNCTION pg_temp.offset_date_time(moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT regexp_replace(to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '\.?0{1,6}$', '') || 'Z'
$$;

-- Java sorts texts by UTF-16: what lies beyond U+FFFF comes before U+E000 to U+FFFF.
CREATE OR REPLACE FUNCTION pg_temp.as_java_sorts(words text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT regexp_replace(words COLLATE "C", '([\uE000-\uFFFF])', U&'\+10FFFF' || '\1', 'g')
$$;

-- The profiles of touched_profile as all memories and observations add up to them, ours and imported ones: what
-- org.memoryqueue.profile.ProfileWriter stores, bit for bit.
CREATE OR REPLACE TEMP VIEW folded_profile AS
SELECT s.student_id, s.chatbot_id, s.room_id,
       coalesce(t.mastered, '{}') AS topics_mastered,
       coalesce(t.in_progress, '{}') AS topics_in_progress,
       coalesce(t.struggling, '{}') AS topics_struggling,
       coalesce(t.progress, '{}') AS topic_progress,
       s.sessions AS total_sessions, s.messages AS total_messages, s.last_at AS last_session_at,
       jsonb_build_object(
           'sessions', s.sessions, 'messages', s.messages,
           'last', jsonb_build_object('at', pg_temp.instant(s.last_at), 'roomId', s.room_id),
           'topics', coalesce(t.sums, '{}')) AS statistics
  FROM (SELECT m.student_id, m.chatbot_id,
               count(*) AS sessions, sum(m.student_message_count) AS messages, max(m.accepted_at) AS last_at,
               (array_agg(m.room_id ORDER BY m.accepted_at DESC, m.room_id DESC))[1] AS room_id
          FROM pg_temp.touched_profile p
          JOIN memory.student_chat_memories m USING (student_id, chatbot_id)
         GROUP BY m.student_id, m.chatbot_id) AS s
  LEFT JOIN (
        SELECT student_id, chatbot_id,
               array_agg(topic ORDER BY place) FILTER (WHERE level >= 70) AS mastered,
               array_agg(topic ORDER BY place) FILTER (WHERE level BETWEEN 41 AND 69) AS in_progress,
               array_agg(topic ORDER BY place) FILTER (WHERE level <= 40) AS struggling,
               jsonb_object_agg(topic, jsonb_build_object(
                   'level', level, 'last_reviewed', pg_temp.offset_date_time(last_reviewed))) AS progress,
               jsonb_object_agg(topic, jsonb_build_object(
                   'correctUnaided', unaided, 'correctWithHelp', helped, 'incorrect', incorrect,
                   'lastReviewed', pg_temp.instant(last_reviewed))) AS sums
          FROM (SELECT m.student_id, m.chatbot_id, o.topic, pg_temp.as_java_sorts(o.topic) COLLATE "C" AS place,
                       max(m.accepted_at) AS last_reviewed,
                       sum(o.correct_unaided) AS unaided, sum(o.correct_with_help) AS helped,
                       sum(o.incorrect) AS incorrect,
                       -- org.memoryqueue.profile.Mastery
                       floor(100::double precision * (sum(o.correct_unaided) + sum(o.correct_with_help) / 2.0 + 1)
                             / (sum(o.correct_unaided) + sum(o.correct_with_help) + sum(o.incorrect) + 2)
                             + 0.5)::integer AS level
                  FROM pg_temp.touched_profile p
                  JOIN memory.student_chat_memories m USING (student_id, chatbot_id)
                  JOIN memory.learning_observation o ON o.memory_id = m.id
                 GROUP BY m.student_id, m.chatbot_id, o.topic) AS topics
         GROUP BY student_id, chatbot_id) AS t USING (student_id, chatbot_id);

-- Folds the touched profiles anew, each locked first, in the order in which the workers lock them; returns how many.
CREATE OR REPLACE FUNCTION pg_temp.fold_profiles() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    folded bigint;
BEGIN
    -- Without knowing how much there is by now, the planner would go through all of it for each profile.
    ANALYZE pg_temp.touched_profile, memory.student_chat_memories, memory.learning_observation;
    INSERT INTO memory.student_learning_profiles AS p (student_id, chatbot_id, room_id)
    SELECT student_id, chatbot_id, '' FROM pg_temp.touched_profile ORDER BY student_id, chatbot_id
        ON CONFLICT (student_id, chatbot_id) DO UPDATE SET room_id = p.room_id;

    UPDATE memory.student_learning_profiles p
       SET room_id = f.room_id, topics_mastered = f.topics_mastered, topics_in_progress = f.topics_in_progress,
           topics_struggling = f.topics_struggling, topic_progress = f.topic_progress,
           total_sessions = f.total_sessions, total_messages = f.total_messages, last_session_at = f.last_session_at,
           statistics = f.statistics
      FROM pg_temp.folded_profile f
     WHERE (p.student_id, p.chatbot_id) = (f.student_id, f.chatbot_id);
    GET DIAGNOSTICS folded = ROW_COUNT;

    -- Nothing is left of them: as before a first session.
    DELETE FROM memory.student_learning_profiles p
     USING pg_temp.touched_profile t
     WHERE (p.student_id, p.chatbot_id) = (t.student_id, t.chatbot_id)
       AND NOT EXISTS (SELECT FROM memory.student_chat_memories m
                        WHERE (m.student_id, m.chatbot_id) = (p.student_id, p.chatbot_id));
    RETURN folded;
END
$$;
