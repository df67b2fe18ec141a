package org.memoryqueue.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;

/**
 * Takes leases away that ran out, because their worker died or hangs. A job that was lost twice is a suspect; one that
 * is lost twice more while it runs alone has killed its worker each time, and is a dead letter.
 *
 * <p>While Postgres was away nobody could renew. So nothing counts as lost until the maintenance leader has seen
 * Postgres without a gap for a third of a lease, in which every living worker has renewed.
 */
@Singleton
public final class Expiry {

    private static final String EXPIRE = """
            WITH lost AS (
                SELECT id, leased_alone AND lost_alone >= 1 AS poison FROM memory.memory_job
                 WHERE state = 'running' AND lease_until < now() - $1 * interval '1 millisecond'
                   AND ($2::bigint[] IS NULL OR id = ANY ($2))
                   AND EXISTS (SELECT FROM memory.maintenance_leader
                                WHERE seen_at > now() - $4 * interval '1 millisecond' / 2
                                  AND available_since < now() - $4 * interval '1 millisecond' / 3)
                 ORDER BY lease_until
                 LIMIT $3
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE memory.memory_job j
               SET state = CASE WHEN poison THEN 'failed' ELSE 'queued' END,
                   lease_owner = NULL, lease_until = NULL, leased_alone = false,
                   lost_leases = lost_leases + 1, lost_alone = lost_alone + leased_alone::int,
                   error_code = CASE WHEN poison THEN 'poison' END,
                   failed_reason = CASE WHEN poison THEN $5 END,
                   finished_at = CASE WHEN poison THEN now() END
              FROM lost
             WHERE j.id = lost.id
            RETURNING j.id, j.priority, poison
            """;

    private static final String POISON_REASON =
            "The worker was lost with this job again and again, also while it ran alone";

    private final Pool pool;
    private final long leaseMillis;

    Expiry(Pool pool, LeaseConfig config) {
        this.pool = pool;
        this.leaseMillis = config.duration().toMillis();
    }

    /**
     * What was taken away.
     *
     * @param due jobs that are due again
     * @param poison jobs that are dead letters
     */
    public record Expired(List<DueJob> due, List<Long> poison) {}

    /** Takes away those of these jobs' leases that ran out. */
    public Uni<Expired> expire(Collection<Long> jobIds) {
        return expire(0, jobIds.toArray(Long[]::new), jobIds.size());
    }

    /**
     * Takes away leases that ran out.
     *
     * @param grace how long ago they must have run out
     * @param limit the most at once
     */
    public Uni<Expired> expire(Duration grace, int limit) {
        return expire(grace.toMillis(), null, limit);
    }

    private Uni<Expired> expire(long graceMillis, Long @Nullable [] jobIds, int limit) {
        return pool.preparedQuery(EXPIRE)
                .execute(Tuple.tuple()
                        .addLong(graceMillis)
                        .addValue(jobIds)
                        .addInteger(limit)
                        .addLong(leaseMillis)
                        .addString(POISON_REASON))
                .map(rows -> {
                    List<DueJob> due = new ArrayList<>();
                    List<Long> poison = new ArrayList<>();
                    for (Row row : rows) {
                        if (row.getBoolean("poison")) {
                            poison.add(row.getLong("id"));
                        } else {
                            due.add(new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority"))));
                        }
                    }
                    return new Expired(due, poison);
                });
    }
}
