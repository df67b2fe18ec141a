-- Takes every imported memory out of ours again, and marks the profiles of their students to be folded anew. What ours has taken in
-- itself stays, also where it replaced an imported memory; the old tables are not touched.
--
-- Why:   ../migrate.md
-- Locks: the memories it deletes, and at the end the profiles it marks, which workers wait for; no VACUUM of
--        memories meanwhile. It waits 2 s for a lock, then changes nothing: run it again.
-- Run:   psql … -v ON_ERROR_STOP=1 -f prepare.sql -f roll-back.sql, beside live services.

BEGIN;
SET LOCAL lock_timeout = '2s';
SET LOCAL statement_timeout = 0;

SELECT pg_advisory_xact_lock(hashtext('memory.migrate'));

WITH gone AS (
    DELETE FROM memory.student_chat_memories WHERE job_id = 0 AND generator = 'imported'
    RETURNING student_id, chatbot_id
)
INSERT INTO touched_profile SELECT DISTINCT student_id, chatbot_id FROM gone;

SELECT pg_temp.mark_profiles() AS profiles_marked;
COMMIT;
