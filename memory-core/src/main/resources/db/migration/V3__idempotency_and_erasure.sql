-- Answers that are replayed to a caller who repeats a request, and the log of what was erased.
--
-- Why:   a hand-in that carries an Idempotency-Key is answered once; and what was erased must be erased again after a
--        backup was restored that still holds it.
-- Locks: SHARE on memory_job while its rows are read for the new index: about a second for a million, in which nothing is
--        accepted or completed. Nobody waits for longer than 2 s behind it for the lock; it is tried again.
-- Run:   at any time. Processes of the version before go on beside it: they know nothing of keys and erasures.

SET LOCAL lock_timeout = '2s';

-- What was answered to a request that carried a key, for a day.
CREATE TABLE memory.idempotency_key (
    caller     text COLLATE "C" NOT NULL,
    key        text COLLATE "C" NOT NULL,
    -- Whose data the request was about, so that it is erased with them.
    student_id text COLLATE "C" NOT NULL,
    chatbot_id text COLLATE "C" NOT NULL,
    -- SHA-256 of the request, in hexadecimal: the same key with another one is refused.
    request    text NOT NULL,
    -- The answer; null while it is being made, and for good when that failed: the request is then served again.
    status     integer,
    answer     json,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (caller, key),
    CONSTRAINT idempotency_key_answer CHECK ((status IS NULL) = (answer IS NULL))
);

CREATE INDEX idempotency_key_student ON memory.idempotency_key (student_id);
CREATE INDEX idempotency_key_age ON memory.idempotency_key (created_at);

-- What was erased, without naming anybody: kept outside the database, too, since a restored one has lost the newest rows.
-- A hash is SHA-256 of the row's salt followed by the id in UTF-8.
CREATE TABLE memory.erasure (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    at           timestamptz NOT NULL DEFAULT now(),
    salt         bytea NOT NULL CHECK (octet_length(salt) = 16),
    student_hash bytea NOT NULL CHECK (octet_length(student_hash) = 32),
    -- Null where the data with all chatbots were erased.
    chatbot_hash bytea CHECK (octet_length(chatbot_hash) = 32)
);

CREATE INDEX erasure_at ON memory.erasure (at, id);

-- All jobs of a student: the current ones are found by memory_job_session, the few others by this.
CREATE INDEX memory_job_superseded ON memory.memory_job (student_id, id) WHERE superseded;
