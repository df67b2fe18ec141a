-- Delays after an outage, suspects, pausing, the attempts of a job, what operators did, and who is at work.
--
-- Why:   the queue must tell an outage from a bad job, a job that kills its worker from its neighbours, and an operator
--        what happened.
-- Locks: ACCESS EXCLUSIVE on memory_job while its rows are read, not rewritten: about a second for a million. Nobody waits
--        for longer than 2 s behind it for the lock; it is tried again.
-- Run:   at any time. Processes of the version before go on beside it: they neither set nor need what is new, so a pause
--        holds, and delayed jobs are promoted, once all are replaced.

SET LOCAL lock_timeout = '2s';

ALTER TABLE memory.memory_job
    -- How far the running attempt is; written along with the lease and its renewals only.
    ADD COLUMN stage        text NOT NULL DEFAULT 'leased',
    -- Leases that were lost while the job ran alone in its worker, and whether it does so now.
    ADD COLUMN lost_alone   integer NOT NULL DEFAULT 0,
    ADD COLUMN leased_alone boolean NOT NULL DEFAULT false,
    -- How often in a row it was postponed for an outage, since when, and for what.
    ADD COLUMN outages      integer NOT NULL DEFAULT 0,
    ADD COLUMN outage_since timestamptz,
    ADD COLUMN outage_code  text,
    ADD CONSTRAINT memory_job_stage CHECK (stage IN ('leased', 'summarising', 'storing')),
    ADD CONSTRAINT memory_job_trouble CHECK (
        lost_alone >= 0 AND outages >= 0 AND (outages > 0) = (outage_since IS NOT NULL)
        AND (outages > 0) = (outage_code IS NOT NULL));

-- The few that must run alone, found without looking at the others.
CREATE INDEX memory_job_suspect ON memory.memory_job (lost_leases, id)
    WHERE state = 'queued' AND NOT delayed AND lost_leases >= 2;

-- As before, but the range keeps the planner to the index of what is due, also where much has ended.
CREATE OR REPLACE FUNCTION memory.oldest_waiting_seconds(of_priority text) RETURNS double precision LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT extract(epoch FROM greatest(interval '0', now() - greatest(created_at, run_at)))
                       FROM memory.memory_job
                      WHERE state = 'queued' AND NOT delayed AND priority BETWEEN of_priority AND of_priority
                      ORDER BY priority, id
                      LIMIT 1), 0)::double precision
$$;

-- Whether work is handed out. `changes` grows whenever workers should look up from their work.
CREATE TABLE memory.queue_control (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    mode       text NOT NULL DEFAULT 'running' CHECK (mode IN ('running', 'paused', 'draining')),
    changes    bigint NOT NULL DEFAULT 0,
    changed_at timestamptz NOT NULL DEFAULT now(),
    changed_by text
);

INSERT INTO memory.queue_control DEFAULT VALUES;

-- What operators did.
CREATE TABLE memory.operator_action (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT now(),
    operator text NOT NULL,
    action   text NOT NULL,
    -- The job, or the filter, that it was done to; null for the whole queue.
    job_id   bigint,
    filter   jsonb,
    -- How much it changed; 0 when all was so already.
    changed  bigint NOT NULL
);

-- The attempts of a job that did not complete it at once, the newest sixteen of each: a lost or postponed job may be
-- leased many times.
CREATE TABLE memory.job_attempt (
    job_id      bigint NOT NULL REFERENCES memory.memory_job ON DELETE CASCADE,
    slot        smallint NOT NULL,
    lease_token bigint NOT NULL,
    worker      text NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz NOT NULL,
    outcome     text NOT NULL CHECK (outcome IN ('completed', 'failed', 'cancelled', 'lost', 'postponed', 'released')),
    error_code  text,
    PRIMARY KEY (job_id, slot)
) WITH (fillfactor = 70);

-- By a trigger, so that no transition can forget it; a job that completes at its first attempt, as nearly all do, needs
-- no row: its own says it all.
CREATE FUNCTION memory.record_attempts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO memory.job_attempt AS a (job_id, slot, lease_token, worker, started_at, ended_at, outcome, error_code)
    SELECT r.id, r.lease_token % 16, r.lease_token, r.lease_owner, r.started_at, now(),
           CASE WHEN n.lost_leases > r.lost_leases OR n.state = 'running' THEN 'lost'
                WHEN n.state <> 'queued' THEN n.state
                WHEN n.delayed THEN 'postponed'
                ELSE 'released' END,
           coalesce(n.error_code, CASE WHEN n.delayed THEN n.outage_code END)
      FROM removed r
      JOIN added n ON n.id = r.id
     WHERE r.state = 'running' AND (n.state <> 'running' OR n.lease_token <> r.lease_token)
       AND NOT (n.state = 'completed' AND r.attempts = 1 AND r.lease_token = 1)
        ON CONFLICT (job_id, slot) DO UPDATE
       SET lease_token = excluded.lease_token, worker = excluded.worker, started_at = excluded.started_at,
           ended_at = excluded.ended_at, outcome = excluded.outcome, error_code = excluded.error_code;
    RETURN NULL;
END
$$;

CREATE TRIGGER record_attempts AFTER UPDATE ON memory.memory_job
    REFERENCING OLD TABLE AS removed NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION memory.record_attempts();

-- When the leader last saw this server, and since when without a gap: while Postgres was away, nobody could renew.
ALTER TABLE memory.maintenance_leader
    ADD COLUMN seen_at         timestamptz NOT NULL DEFAULT '-infinity',
    ADD COLUMN available_since timestamptz NOT NULL DEFAULT '-infinity';

-- The processes at work; each says every few seconds that it is there.
CREATE TABLE memory.process (
    id         text PRIMARY KEY,
    service    text NOT NULL,
    -- How many connections to this server it may open.
    pool_size  integer NOT NULL,
    -- Of a worker: how many jobs it works on at once, and where it takes them from.
    slots      integer,
    dispatch   text CHECK (dispatch IN ('redis', 'postgres')),
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at    timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
