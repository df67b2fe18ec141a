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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;

/**
 * Leases of jobs. All times are the database's; every change is guarded by state and token, and touching no row means
 * that the lease is stale.
 */
@Singleton
public final class Leases {

    // Rows are locked in the order of their ids, so that two workers that ask for the same jobs cannot deadlock, and
    // skipped when somebody else has them. An expired lease is taken over directly, and counted as lost.
    private static final String CLAIM = """
            WITH due AS (
                SELECT id FROM memory.memory_job
                 WHERE id = ANY ($1)
                   AND (state = 'queued' AND run_at <= now() OR state = 'running' AND lease_until < now())
                 ORDER BY id
                   FOR UPDATE SKIP LOCKED
            ), leased AS (
                UPDATE memory.memory_job j
                   SET state = 'running', delayed = false, started_at = now(),
                       lease_token = lease_token + 1, lease_owner = $2,
                       lease_until = now() + $3 * interval '1 millisecond',
                       attempts = attempts + 1,
                       lost_leases = lost_leases + CASE state WHEN 'running' THEN 1 ELSE 0 END
                  FROM due
                 WHERE j.id = due.id
                RETURNING j.*
            )
            SELECT wanted.id, l.lease_token, l.priority, l.revision, l.attempts, l.accepted_at, l.student_id,
                   l.chatbot_id, l.room_id, l.session_start, l.messages::text,
                   other.state, other.run_at, other.lease_until, other.run_at > now() AS delayed
              FROM unnest($1) AS wanted (id)
              LEFT JOIN leased l ON l.id = wanted.id
              LEFT JOIN memory.memory_job other ON other.id = wanted.id AND l.id IS NULL
            """;

    // A job that ended under this very token is not lost: its completion and this renewal crossed.
    private static final String RENEW = """
            WITH held AS (
                SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS h (id, token)
            ), mine AS (
                SELECT j.id FROM memory.memory_job j JOIN held ON j.id = held.id
                 WHERE j.state = 'running' AND j.lease_token = held.token
                 ORDER BY j.id
                   FOR UPDATE OF j SKIP LOCKED
            ), renewed AS (
                UPDATE memory.memory_job j
                   SET lease_until = now() + $3 * interval '1 millisecond'
                  FROM mine
                 WHERE j.id = mine.id
            )
            SELECT held.id
              FROM held
              LEFT JOIN memory.memory_job j
                ON j.id = held.id AND j.lease_token = held.token AND j.state IN ('running', 'completed', 'failed')
             WHERE j.id IS NULL
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
               SET state = 'queued', lease_owner = NULL, lease_until = NULL,
                   attempts = attempts - 1
              FROM mine
             WHERE j.id = mine.id
            """;

    private static final String RECLAIM = """
            WITH lost AS (
                SELECT id FROM memory.memory_job
                 WHERE state = 'running' AND lease_until < now() - $1 * interval '1 millisecond'
                 ORDER BY lease_until
                 LIMIT $2
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE memory.memory_job j
               SET state = 'queued', lease_owner = NULL, lease_until = NULL,
                   lost_leases = lost_leases + 1
              FROM lost
             WHERE j.id = lost.id
            RETURNING j.id, j.priority
            """;

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
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(jobIds.stream().distinct().toArray(Long[]::new), owner, leaseMillis))
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

    /** Extends leases; returns the jobs whose leases are lost, on which work must stop. */
    public Uni<List<Long>> renew(Collection<Lease> held) {
        return pool.preparedQuery(RENEW)
                .execute(ids(held).addLong(leaseMillis))
                .map(rows -> stream(rows).map(row -> row.getLong("id")).toList());
    }

    /** Hands jobs back undone; their attempts do not count. Leases that are lost already are left alone. */
    public Uni<Void> release(Collection<Lease> held) {
        return pool.preparedQuery(RELEASE).execute(ids(held)).replaceWithVoid();
    }

    /**
     * Puts jobs back in the queue whose leases ran out.
     *
     * @param graceMillis how long ago they must have run out, in milliseconds
     * @param limit the most jobs at once
     * @return the jobs, which are due again
     */
    public Uni<List<DueJob>> reclaimLost(long graceMillis, int limit) {
        return pool.preparedQuery(RECLAIM)
                .execute(Tuple.of(graceMillis, limit))
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
