package org.memoryqueue.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;

/**
 * Leases of jobs. All times are the database's; every change is guarded by state and token, and touching no row means
 * that the lease is stale. Nothing is leased while the queue is paused or drained.
 */
@Singleton
public final class Leases {

    // Rows are locked in the order of their ids, so that two workers that ask for the same jobs cannot deadlock, and
    // skipped when somebody else has them. A suspect, whose leases were lost twice, is leased only to run alone.
    private static final String CLAIM = """
            WITH due AS (
                SELECT id FROM memory.memory_job
                 WHERE id = ANY ($1) AND state = 'queued' AND (NOT delayed OR run_at <= now())
                   AND (lost_leases < 2 OR $4)
                   AND EXISTS (SELECT FROM memory.queue_control WHERE mode = 'running')
                 ORDER BY id
                   FOR UPDATE SKIP LOCKED
            ), leased AS (
                UPDATE memory.memory_job j
                   SET state = 'running', stage = 'leased', delayed = false, started_at = now(),
                       lease_token = lease_token + 1, lease_owner = $2,
                       lease_until = now() + $3 * interval '1 millisecond',
                       leased_alone = $4, attempts = attempts + 1
                  FROM due
                 WHERE j.id = due.id
                RETURNING j.*
            )
            SELECT wanted.id, l.lease_token, l.priority, l.revision, l.attempts, l.accepted_at, l.student_id,
                   l.chatbot_id, l.room_id, l.session_start, l.messages::text,
                   other.state, other.run_at, other.lease_until, other.delayed AND other.run_at > now() AS delayed,
                   other.lost_leases >= 2 AND NOT $4 AS suspect,
                   EXISTS (SELECT FROM memory.queue_control WHERE mode <> 'running') AS halted
              FROM unnest($1) AS wanted (id)
              LEFT JOIN leased l ON l.id = wanted.id
              LEFT JOIN memory.memory_job other ON other.id = wanted.id AND l.id IS NULL
            """;

    // Each priority's share first; what one cannot fill goes to the others, the most urgent first. The range of one
    // priority keeps the planner to the index of what is due: with an equality it would rather walk the primary key,
    // past all that has ended.
    private static final String CLAIM_DUE = """
            WITH high AS (
                SELECT id, 1 AS rank, $3::int AS share FROM memory.memory_job
                 WHERE state = 'queued' AND NOT delayed AND priority BETWEEN 'high' AND 'high' AND lost_leases < 2
                 ORDER BY priority, id LIMIT $6 FOR UPDATE SKIP LOCKED
            ), normal AS (
                SELECT id, 2 AS rank, $4::int AS share FROM memory.memory_job
                 WHERE state = 'queued' AND NOT delayed AND priority BETWEEN 'normal' AND 'normal' AND lost_leases < 2
                 ORDER BY priority, id LIMIT $6 FOR UPDATE SKIP LOCKED
            ), low AS (
                SELECT id, 3 AS rank, $5::int AS share FROM memory.memory_job
                 WHERE state = 'queued' AND NOT delayed AND priority BETWEEN 'low' AND 'low' AND lost_leases < 2
                 ORDER BY priority, id LIMIT $6 FOR UPDATE SKIP LOCKED
            ), due AS (
                SELECT id, rank, row_number() OVER (PARTITION BY rank ORDER BY id) > share AS beyond
                  FROM (SELECT * FROM high UNION ALL SELECT * FROM normal UNION ALL SELECT * FROM low) AS found
                 ORDER BY beyond, rank, id
                 LIMIT $6
            )
            UPDATE memory.memory_job j
               SET state = 'running', stage = 'leased', started_at = now(),
                   lease_token = lease_token + 1, lease_owner = $1, lease_until = now() + $2 * interval '1 millisecond',
                   leased_alone = false, attempts = attempts + 1
              FROM due
             WHERE j.id = due.id AND EXISTS (SELECT FROM memory.queue_control WHERE mode = 'running')
            RETURNING j.id, lease_token, priority, revision, attempts, accepted_at, student_id, chatbot_id, room_id,
                      session_start, messages::text
            """;

    private static final String ANY_SUSPECT = """
            SELECT id
              FROM (SELECT id FROM memory.memory_job
                     WHERE state = 'queued' AND NOT delayed AND lost_leases >= 2
                     ORDER BY lost_leases, id
                     LIMIT 100) AS suspects
             ORDER BY random()
             LIMIT 1
            """;

    // A job that ended under this very token is not lost: its completion and this renewal crossed.
    private static final String RENEW = """
            WITH held AS (
                SELECT * FROM unnest($1::bigint[], $2::bigint[], $4::text[]) AS h (id, token, stage)
            ), mine AS (
                SELECT j.id, held.stage FROM memory.memory_job j JOIN held ON j.id = held.id
                 WHERE j.state = 'running' AND j.lease_token = held.token
                 ORDER BY j.id
                   FOR UPDATE OF j SKIP LOCKED
            ), renewed AS (
                UPDATE memory.memory_job j
                   SET lease_until = now() + $3 * interval '1 millisecond', stage = mine.stage
                  FROM mine
                 WHERE j.id = mine.id
            )
            SELECT held.id, j.state
              FROM held
              LEFT JOIN memory.memory_job j ON j.id = held.id
             WHERE (j.lease_token = held.token AND j.state IN ('running', 'completed', 'failed')) IS NOT TRUE
            """;

    private static final String RELEASE = """
            WITH mine AS (
                SELECT j.id
                  FROM memory.memory_job j
                  JOIN unnest($1::bigint[], $2::bigint[]) AS held (id, token) ON j.id = held.id
                 WHERE j.state = 'running' AND j.lease_token = held.token
                 ORDER BY j.id
                   FOR UPDATE OF j
            )
            UPDATE memory.memory_job j
               SET state = 'queued', lease_owner = NULL, lease_until = NULL, leased_alone = false,
                   attempts = attempts - 1
              FROM mine
             WHERE j.id = mine.id
            """;

    private static final String DISOWN = """
            WITH forgotten AS (
                SELECT id FROM memory.memory_job
                 WHERE state = 'running' AND lease_owner = $1 AND id <> ALL ($2)
                   AND started_at < now() - $3 * interval '1 millisecond'
                 ORDER BY id
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE memory.memory_job j
               SET state = 'queued', lease_owner = NULL, lease_until = NULL, leased_alone = false,
                   attempts = attempts - 1
              FROM forgotten
             WHERE j.id = forgotten.id
            RETURNING j.id, j.priority
            """;

    /** Longer than anybody waits for the answer to a claim. */
    private static final long MIN_DISOWN_MILLIS = 10_000;

    private static final long MIN_LEASE_MILLIS = 1_000;

    private final Pool pool;
    private final LeasedRow leasedRow;
    private final long leaseMillis;

    Leases(Pool pool, LeasedRow leasedRow, LeaseConfig config) {
        this.pool = pool;
        this.leasedRow = leasedRow;
        this.leaseMillis = config.duration().toMillis();
        if (leaseMillis < MIN_LEASE_MILLIS) {
            throw new IllegalArgumentException("memory.lease.duration must be at least a second");
        }
    }

    /**
     * Leases those of the jobs that are due, in one statement, which also returns their transcripts: there is no moment
     * in which a transcript could be replaced between the two.
     */
    public Uni<Claim> claim(Collection<Long> jobIds, String owner) {
        return claim(jobIds, owner, false);
    }

    /** Leases a job, which may be a suspect, for a worker that holds no other and takes none until it is done. */
    public Uni<Claim> claimAlone(long jobId, String owner) {
        return claim(List.of(jobId), owner, true);
    }

    private Uni<Claim> claim(Collection<Long> jobIds, String owner, boolean alone) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(jobIds.stream().distinct().toArray(Long[]::new), owner, leaseMillis, alone))
                .map(rows -> {
                    List<Lease> leased = new ArrayList<>();
                    List<Claim.Refused> refused = new ArrayList<>();
                    for (Row row : rows) {
                        if (row.getLong("lease_token") != null) {
                            leased.add(leasedRow.lease(row));
                        } else {
                            refused.add(LeasedRow.refused(row));
                        }
                    }
                    return new Claim(leased, refused);
                });
    }

    /**
     * Leases what is due without the help of the index.
     *
     * @param shares how many jobs of each priority; what one cannot fill goes to the others, the most urgent first
     * @return at most as many leases as the shares add up to; never a suspect
     */
    public Uni<List<Lease>> claimDue(Map<Priority, Integer> shares, String owner) {
        int wanted = shares.values().stream().mapToInt(Integer::intValue).sum();
        Tuple arguments = Tuple.of(owner, leaseMillis);
        Priority.ALL.forEach(priority -> arguments.addInteger(shares.getOrDefault(priority, 0)));
        return pool.preparedQuery(CLAIM_DUE)
                .execute(arguments.addInteger(wanted))
                .map(rows -> stream(rows).map(leasedRow::lease).toList());
    }

    /** A waiting job that must run alone, if there is one; any, so that not all workers wait for the same. */
    public Uni<List<Long>> anySuspect() {
        return pool.preparedQuery(ANY_SUSPECT)
                .execute()
                .map(rows -> stream(rows).map(row -> row.getLong("id")).toList());
    }

    /** Extends leases; returns those that are lost. */
    public Uni<List<LostLease>> renew(Collection<Renewal> held) {
        return pool.preparedQuery(RENEW)
                .execute(ids(held.stream().map(Renewal::lease).toList())
                        .addLong(leaseMillis)
                        .addValue(held.stream()
                                .map(renewal -> renewal.stage().word())
                                .toArray(String[]::new)))
                .map(rows -> stream(rows).map(LeasedRow::lost).toList());
    }

    /** Hands jobs back undone; their attempts do not count. Leases that are lost already are left alone. */
    public Uni<Void> release(Collection<Lease> held) {
        return pool.preparedQuery(RELEASE).execute(ids(held)).replaceWithVoid();
    }

    /**
     * Hands back what a worker was leased without its knowing, since the answer to its claim was lost or came too late:
     * nobody works on it, and it must not count as lost.
     *
     * @param held the jobs that the worker knows of
     * @return the jobs that are due again
     */
    public Uni<List<DueJob>> disown(String owner, Collection<Long> held) {
        return pool.preparedQuery(DISOWN)
                .execute(Tuple.of(owner, held.toArray(Long[]::new), Math.max(MIN_DISOWN_MILLIS, leaseMillis * 2 / 3)))
                .map(rows -> stream(rows)
                        .map(row -> new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority"))))
                        .toList());
    }

    private static Tuple ids(Collection<Lease> held) {
        return Tuple.of(
                held.stream().map(Lease::jobId).toArray(Long[]::new),
                held.stream().map(Lease::token).toArray(Long[]::new));
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }
}
