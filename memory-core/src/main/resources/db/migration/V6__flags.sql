-- What a reader of a memory is warned of.
--
-- Why:   a transcript that tries to instruct whoever summarises it is remembered like any other, and its memory says so.
-- Locks: ACCESS EXCLUSIVE on student_chat_memories for a moment: the default is constant, so no row is written. Nobody
--        waits for longer than 2 s behind it for the lock; it is tried again.
-- Run:   at any time. Processes of the version before go on beside it: what they write has no flags, and where they replace
--        a memory by that of a newer revision, its flags stay, which warns once too often rather than once too little.

SET LOCAL lock_timeout = '2s';

ALTER TABLE memory.student_chat_memories ADD COLUMN flags text[] NOT NULL DEFAULT '{}';
