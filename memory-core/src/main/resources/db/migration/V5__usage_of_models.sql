-- What language models were used for: by day, for a budget that all workers share, and by job, for whoever looks at one.
--
-- Why:   a deployment must be able to cap what it spends in a day, whatever the number of its workers; and an admin to
--        see what a job has cost.
-- Locks: creates new tables only; nothing else is touched.
-- Run:   at any time. Processes of the version before go on beside it: what their calls cost is counted by nobody.

-- A day is one of UTC, on this server's clock. Workers add to it, each at most once a second.
CREATE TABLE memory.llm_usage_of_day (
    day               date PRIMARY KEY,
    calls             bigint NOT NULL,
    prompt_tokens     bigint NOT NULL,
    completion_tokens bigint NOT NULL,
    -- In the currency of the provider, or of the prices that are configured.
    cost              numeric(24, 9) NOT NULL,
    -- What could have been used, by the settings of the worker that wrote last; null where there is no such limit.
    cost_budget       numeric(24, 9),
    token_budget      bigint,
    CONSTRAINT llm_usage_of_day_sums CHECK (calls >= 0 AND prompt_tokens >= 0 AND completion_tokens >= 0 AND cost >= 0)
) WITH (fillfactor = 50);

-- Over all attempts of a job. Without a foreign key, which would lock the job: its completion must wait for no account.
-- Maintenance removes the rows of jobs that are gone.
CREATE TABLE memory.llm_usage_of_job (
    job_id            bigint PRIMARY KEY,
    calls             bigint NOT NULL,
    prompt_tokens     bigint NOT NULL,
    completion_tokens bigint NOT NULL,
    cost              numeric(24, 9) NOT NULL,
    updated_at        timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT llm_usage_of_job_sums CHECK (calls >= 0 AND prompt_tokens >= 0 AND completion_tokens >= 0 AND cost >= 0)
) WITH (fillfactor = 80);
