package org.memoryqueue.lease;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.memoryqueue.job.ErrorCode;

/**
 * Hands a job back for later, because what it needs is away. That is not the job's fault: the attempt does not count,
 * and the job fails only when its outage has lasted for too long.
 */
@Singleton
public final class Postponement {

    // Exponential backoff, with up to
    // a fifth more, so that jobs that met the outage together do not return together.
    private static final String POSTPONE = """
            WITH mine AS (
                SELECT id, outages >= $9 AND outage_since < now() - $6 * interval '1 millisecond' AS given_up
                  FROM memory.memory_job
                 WHERE id = $1 AND lease_token = $2 AND state = 'running'
                   FOR UPDATE
            ), postponed AS (
                UPDATE memory.memory_job j
                   SET state = CASE WHEN given_up THEN 'failed' ELSE 'queued' END,
                       delayed = NOT given_up,
                       run_at = now() + (1 + random() * 0.2) * interval '1 millisecond'
                                * greatest($3::bigint, least($5::bigint, $4::bigint * 2.0 ^ least(outages, 30))),
                       outages = outages + 1,
                       outage_since = coalesce(outage_since, now()),
                       outage_code = $7,
                       attempts = CASE WHEN given_up THEN attempts ELSE attempts - 1 END,
                       error_code = CASE WHEN given_up THEN $7 END,
                       failed_reason = CASE WHEN given_up THEN $8 END,
                       finished_at = CASE WHEN given_up THEN now() END,
                       lease_owner = NULL, lease_until = NULL, leased_alone = false
                  FROM mine
                 WHERE j.id = mine.id
                RETURNING j.state
            )
            SELECT state FROM postponed
            UNION ALL
            SELECT state FROM memory.memory_job
             WHERE id = $1 AND lease_token = $2 AND (state = 'failed' OR state = 'queued' AND delayed)
               AND NOT EXISTS (SELECT FROM mine)
            """;

    private final Pool pool;
    private final OutageConfig config;

    Postponement(Pool pool, OutageConfig config) {
        this.pool = pool;
        this.config = config;
        if (!config.firstDelay().isPositive()
                || config.maxDelay().compareTo(config.firstDelay()) < 0
                || !config.giveUpAfter().isPositive()
                || config.giveUpAfterTries() < 1) {
            throw new IllegalArgumentException("memory.outage.first-delay, give-up-after and give-up-after-tries must"
                    + " be positive, and max-delay at least first-delay");
        }
    }

    /** What became of a job that was to be postponed. */
    public enum Outcome {
        /** It is due again later. */
        POSTPONED,
        /** Its outage has lasted for too long; it is a dead letter. */
        GIVEN_UP,
        /** The lease had been lost; nothing was changed. */
        STALE
    }

    /**
     * Postpones a job. May be repeated when the reply was lost.
     *
     * @param atLeast the shortest delay, as a server asked for; zero when none did
     * @param code what is away
     * @param reason what a person is told should the job fail, without any words of the transcript
     */
    public Uni<Outcome> postpone(Lease lease, Duration atLeast, ErrorCode code, String reason) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.tuple()
                        .addLong(lease.jobId())
                        .addLong(lease.token())
                        .addLong(atLeast.toMillis())
                        .addLong(config.firstDelay().toMillis())
                        .addLong(config.maxDelay().toMillis())
                        .addLong(config.giveUpAfter().toMillis())
                        .addString(code.word())
                        .addString(reason)
                        .addInteger(config.giveUpAfterTries()))
                .map(rows -> {
                    RowIterator<Row> states = rows.iterator();
                    if (!states.hasNext()) {
                        return Outcome.STALE;
                    }
                    return states.next().getString("state").equals("failed") ? Outcome.GIVEN_UP : Outcome.POSTPONED;
                });
    }
}
