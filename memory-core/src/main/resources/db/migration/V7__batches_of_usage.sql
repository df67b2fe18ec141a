-- The number of the latest batch of usage that each worker has written.
--
-- Why:   while Postgres is slow, or a reply is lost, a worker cannot know whether what it wrote is there. With the number it
--        may write the same again, and nothing is counted twice.
-- Locks: creates a new table only; nothing else is touched.
-- Run:   at any time. Processes of the version before go on beside it, and write without numbers.

CREATE TABLE memory.llm_usage_writer (
    writer     uuid PRIMARY KEY,
    batch      bigint NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT llm_usage_writer_batch CHECK (batch >= 1)
) WITH (fillfactor = 50);
