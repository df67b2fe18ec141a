-- What students asked for, and what teachers put right.
--
-- Why:   a profile names how a student likes to be taught only when sessions show it; and a memory that is wrong must be
--        hidden or corrected, in a way that a new revision of its session or a rebuilt profile does not undo.
-- Locks: SHARE ROW EXCLUSIVE on student_chat_memories for the moment in which the foreign keys are made (the new tables are
--        empty, so no row is read). Nobody waits for longer than 2 s behind it for the lock; it is tried again.
-- Run:   at any time. Processes of the version before go on beside it: they show a memory as it was written and fold it as
--        if nothing had been put right, so hiding and correcting hold once all are replaced. The profiles that they write
--        carry no version, and are folded anew when they are next read or written.

SET LOCAL lock_timeout = '2s';

-- How the student asked to be taught, in their own words.
CREATE TABLE memory.learning_preference (
    memory_id     uuid NOT NULL REFERENCES memory.student_chat_memories ON DELETE CASCADE,
    -- Whose transcript the words are in. Processes of the version before replace a memory and leave its wishes, which then
    -- count no longer, for the memory has another job.
    job_id        bigint NOT NULL,
    -- A word of org.memoryqueue.memory.Preference.Wish.
    wish          text COLLATE "C" NOT NULL,
    message_index integer NOT NULL CHECK (message_index >= 0),
    quote         text NOT NULL,
    PRIMARY KEY (memory_id, wish, message_index)
);

-- What was put right about a memory. It stands beside the memory, so that it outlives what is written anew.
CREATE TABLE memory.memory_correction (
    memory_id    uuid PRIMARY KEY REFERENCES memory.student_chat_memories ON DELETE CASCADE,
    hidden       boolean NOT NULL DEFAULT false,
    -- The fields that were corrected, with what is right: org.memoryqueue.memory.Correction.
    fields       jsonb NOT NULL DEFAULT '{}',
    reason       text NOT NULL,
    corrected_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT memory_correction_fields CHECK (jsonb_typeof(fields) = 'object')
);
