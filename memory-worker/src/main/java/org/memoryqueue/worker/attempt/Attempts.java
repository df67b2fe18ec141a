package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.database.SqlFailures;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.worker.attempt.AttemptMetrics.Outcome;

/** Works on leased jobs: summarise, store, acknowledge. */
@Singleton
public final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);

    private final HeldJobs held;
    private final SummarisingCall summarising;
    private final DatabaseCall database;
    private final DueIndex index;
    private final AttemptMetrics metrics;

    Attempts(
            HeldJobs held, SummarisingCall summarising, DatabaseCall database, DueIndex index, AttemptMetrics metrics) {
        this.held = held;
        this.summarising = summarising;
        this.database = database;
        this.index = index;
        this.metrics = metrics;
    }

    /** Starts to work on a job that was just leased, and returns at once. */
    public void start(Lease lease, StreamEntry entry) {
        HeldJob job = new HeldJob(lease, entry);
        held.add(job);
        metrics.started(lease.priority());
        long startedAt = System.nanoTime();
        attempt(job)
                .call(outcome -> acknowledge(entry, outcome))
                .subscribe()
                .with(outcome -> end(job, outcome, startedAt), failure -> {
                    LOG.errorf(failure, "The attempt at job %d broke", lease.jobId());
                    end(job, Outcome.ABANDONED, startedAt);
                });
    }

    /** One attempt, which never fails: every failure is an outcome. */
    private Uni<Outcome> attempt(HeldJob job) {
        return summarising
                .summarise(job.lease().transcript(), job.whenCalledOff())
                .onItemOrFailure()
                .transformToUni((summary, failure) ->
                        failure == null ? store(job.lease(), summary) : unsummarised(job.lease(), failure));
    }

    private Uni<Outcome> unsummarised(Lease lease, Throwable failure) {
        return failure instanceof CalledOffException
                ? Uni.createFrom().item(Outcome.CALLED_OFF)
                : deadLetter(
                        lease,
                        ErrorCode.SUMMARISER_ERROR,
                        "The summariser failed: " + failure.getClass().getSimpleName());
    }

    private Uni<Outcome> store(Lease lease, Summary summary) {
        return database.complete(new Completion(lease, summary))
                .map(outcome -> outcome == CompletionOutcome.COMMITTED ? Outcome.COMPLETED : Outcome.STALE)
                .onFailure(SqlFailures::isCausedByContent)
                .recoverWithUni(failure ->
                        deadLetter(lease, ErrorCode.CONSTRAINT_VIOLATION, "The database refused what was to be stored"))
                .onFailure()
                .recoverWithItem(failure -> abandon(lease, failure));
    }

    private Uni<Outcome> deadLetter(Lease lease, ErrorCode code, String reason) {
        LOG.warnf("Job %d failed: %s: %s", lease.jobId(), code.word(), reason);
        return database.fail(lease, code, reason)
                .map(outcome -> outcome == CompletionOutcome.COMMITTED ? Outcome.FAILED : Outcome.STALE)
                .onFailure()
                .recoverWithItem(failure -> abandon(lease, failure));
    }

    /** The database is away: the lease runs out, and the job is leased again when the database is back. */
    private static Outcome abandon(Lease lease, Throwable failure) {
        LOG.warnf("The outcome of job %d cannot be stored: %s", lease.jobId(), failure);
        return Outcome.ABANDONED;
    }

    /** After the commit, and only what has ended; an entry that stays is dropped when it is next looked at. */
    private Uni<Void> acknowledge(StreamEntry entry, Outcome outcome) {
        return switch (outcome) {
            case COMPLETED, FAILED ->
                index.acknowledge(List.of(entry))
                        .onFailure()
                        .invoke(failure -> LOG.debugf("Job %d is not acknowledged: %s", entry.jobId(), failure))
                        .onFailure()
                        .recoverWithNull();
            case STALE, CALLED_OFF, ABANDONED -> Uni.createFrom().voidItem();
        };
    }

    private void end(HeldJob job, Outcome outcome, long startedAt) {
        held.remove(job);
        metrics.ended(job.lease().priority(), outcome, Duration.ofNanos(System.nanoTime() - startedAt));
    }
}
