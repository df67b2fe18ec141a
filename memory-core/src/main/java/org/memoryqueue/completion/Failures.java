package org.memoryqueue.completion;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;

/** Turns jobs into dead letters, which say why. */
@Singleton
public final class Failures {

    private static final int MAX_REASON = 500;

    // A job that failed under this very token was failed by an earlier try whose reply was lost.
    private static final String FAIL = """
            WITH failed AS (
                UPDATE memory.memory_job
                   SET state = 'failed', error_code = $3, failed_reason = $4, finished_at = now(),
                       lease_owner = NULL, lease_until = NULL
                 WHERE id = $1 AND lease_token = $2 AND state = 'running'
                RETURNING id
            )
            SELECT id FROM failed
            UNION ALL
            SELECT id FROM memory.memory_job WHERE id = $1 AND lease_token = $2 AND state = 'failed'
            """;

    private final Pool pool;

    Failures(Pool pool) {
        this.pool = pool;
    }

    /**
     * Fails a job for good.
     *
     * @param reason what a person is told, without any words of the transcript; cut to {@value #MAX_REASON} characters
     * @return whether it failed now, or its lease had been lost before
     */
    public Uni<CompletionOutcome> fail(Lease lease, ErrorCode code, String reason) {
        return pool.preparedQuery(FAIL)
                .execute(Tuple.of(lease.jobId(), lease.token(), code.word(), storable(reason)))
                .map(result -> result.size() == 1 ? CompletionOutcome.COMMITTED : CompletionOutcome.STALE);
    }

    /** Postgres has no NUL in its texts, and a failure must not fail for what its reason quotes. */
    private static String storable(String reason) {
        int end = Math.min(reason.length(), MAX_REASON);
        boolean splitsAPair = end < reason.length() && Character.isHighSurrogate(reason.charAt(end - 1));
        return reason.substring(0, splitsAPair ? end - 1 : end).replace('\0', '\uFFFD');
    }
}
