package org.memoryqueue.testing;

import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.vertx.mutiny.sqlclient.Row;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.operator.Cancellation;
import org.memoryqueue.operator.Retry;
import org.memoryqueue.transcript.Transcript;

/** Takes jobs from state to state, by the code that does so, or by hand where that code is still to come. */
public final class Jobs {

    private final Stores stores;

    public Jobs(Stores stores) {
        this.stores = stores;
    }

    /** Hands in, and returns the job. */
    public long accepted(Transcript transcript) {
        return await(stores.bean(Enqueuer.class).enqueue(submission(transcript)))
                .jobId();
    }

    /** Hands in many at once, and returns their jobs, in the same order. */
    public List<Long> accepted(List<Transcript> transcripts) {
        return awaitAll(transcripts.stream()
                        .map(each -> stores.bean(Enqueuer.class).enqueue(submission(each)))
                        .toList())
                .stream()
                .map(Acceptance::jobId)
                .toList();
    }

    /** Asks for a job. */
    public Claim claim(long... ids) {
        return await(stores.bean(Leases.class).claim(Arrays.stream(ids).boxed().toList(), "worker"));
    }

    /** Leases a job that is due, or whose lease ran out. */
    public Lease leased(long id) {
        await(stores.bean(Expiry.class).expire(List.of(id)));
        return claim(id).leased().getFirst();
    }

    /** Hands in, and leases the job. */
    public Lease leased(Transcript transcript) {
        return leased(accepted(transcript));
    }

    /** Hands in many and leases them all, in the same order. */
    public List<Lease> leased(List<Transcript> transcripts) {
        return Stream.of(accepted(transcripts))
                .flatMap(ids -> await(stores.bean(Leases.class).claim(ids, "worker")).leased().stream())
                .toList();
    }

    /** Completes, or tries to. */
    public CompletionOutcome complete(Lease lease, Summary summary) {
        return await(stores.bean(Completer.class).complete(new Completion(lease, summary)));
    }

    /** Takes a job through to its memory. */
    public Lease completed(Transcript transcript, Summary summary) {
        Lease lease = leased(transcript);
        complete(lease, summary);
        return lease;
    }

    /** Makes a dead letter of a job. */
    public Lease failed(Transcript transcript) {
        Lease lease = leased(transcript);
        await(stores.bean(Failures.class).fail(lease, ErrorCode.SUMMARISER_ERROR, "It was refused"));
        return lease;
    }

    /** Calls a job off that has not ended. */
    public void cancel(long id) {
        await(stores.bean(Cancellation.class).cancel(id, "operator"));
    }

    /** Puts a failed job back, as an operator does. */
    public void retry(long id) {
        await(stores.bean(Retry.class).retry(id, "operator"));
    }

    /** Delays a waiting job until an hour from now, or an hour ago. */
    public void delay(long id, boolean future) {
        stores.rows("""
                UPDATE memory.memory_job
                   SET delayed = true, run_at = now() + CASE WHEN $2 THEN 1 ELSE -1 END * interval '1 hour'
                 WHERE id = $1 AND state = 'queued'
                """, id, future);
    }

    /** Lets the lease of a running job run out a minute ago. */
    public void expire(long id) {
        stores.rows(
                "UPDATE memory.memory_job SET lease_until = now() - interval '1 minute' WHERE id = $1 AND state = 'running'",
                id);
    }

    /** Removes a job, as pruning does. */
    public void delete(long id) {
        stores.rows("DELETE FROM memory.memory_job WHERE id = $1", id);
    }

    /** The row of a job. */
    public Row row(long id) {
        return stores.rows("SELECT * FROM memory.memory_job WHERE id = $1", id).getFirst();
    }

    /** The state of a job, as it is spelt in its row. */
    public String state(long id) {
        return row(id).getString("state");
    }
}
