package org.memoryqueue.worker.attempt;

import static java.util.Objects.requireNonNullElse;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.commit.GroupCommit;
import org.memoryqueue.commit.GroupCommits;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.database.SqlFailures;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.JobChanges;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.worker.attempt.AttemptMetrics.Outcome;

/**
 * Works on leased jobs: summarise, store, acknowledge. What concerns one job alone makes it a dead letter; what smells of
 * an outage puts it off; and what was achieved is stored as soon as the database can, for as long as the job is ours.
 */
@Singleton
public final class Attempts {

    private static final Logger LOG = Logger.getLogger(Attempts.class);
    private static final Duration PAUSE_WHILE_THE_DATABASE_IS_AWAY = Duration.ofSeconds(1);

    private final HeldJobs held;
    private final Summarising summarising;
    private final SummariserGate gate;
    private final DatabaseCall database;
    private final DueIndex index;
    private final JobChanges changes;
    private final GroupCommit<StreamEntry, Boolean> acknowledgements;
    private final AttemptMetrics metrics;
    private final StepDeadline deadline;

    Attempts(
            HeldJobs held,
            Summarising summarising,
            SummariserGate gate,
            DatabaseCall database,
            DueIndex index,
            JobChanges changes,
            GroupCommits commits,
            AttemptMetrics metrics,
            WorkerConfig config) {
        this.held = held;
        this.summarising = summarising;
        this.gate = gate;
        this.database = database;
        this.index = index;
        this.changes = changes;
        this.acknowledgements = commits.create(
                entries -> index.acknowledge(entries).replaceWith(Collections.nCopies(entries.size(), true)));
        this.metrics = metrics;
        this.deadline = new StepDeadline(config.attemptDeadline());
    }

    /**
     * Starts to work on a job that was just leased, and returns at once.
     *
     * @param entry its entry in the index, null when it was leased without
     * @param alone whether the worker must take nothing beside it
     * @param consumer the name of this worker in the index
     */
    public void start(Lease lease, @Nullable StreamEntry entry, boolean alone, String consumer) {
        HeldJob job = new HeldJob(lease, entry, alone);
        held.add(job);
        metrics.started(lease.priority());
        changes.announce(lease.jobId());
        long startedAt = System.nanoTime();
        Uni<Outcome> end = job.whenCalledOff()
                .onItem()
                .transformToUni(reason -> Uni.createFrom().failure(new CalledOffException(reason)));
        Uni.join()
                .first(Uni.createFrom().deferred(() -> attempt(job)), end)
                .toTerminate()
                .onFailure(CalledOffException.class)
                .recoverWithItem(failure -> ((CalledOffException) failure).reason() == HeldJob.CallOff.ENDED
                        ? Outcome.CANCELLED
                        : Outcome.CALLED_OFF)
                .call(outcome -> settle(job, outcome, consumer))
                .subscribe()
                .with(outcome -> end(job, outcome, startedAt), failure -> {
                    LOG.errorf(failure, "The attempt at job %d broke", lease.jobId());
                    end(job, Outcome.CALLED_OFF, startedAt);
                });
    }

    /** One attempt. It fails when it is called off, and when its outcome cannot be stored for a reason that will not heal. */
    private Uni<Outcome> attempt(HeldJob job) {
        return deadline.hold(job, summarising.summarise(job))
                .invoke(gate::succeeded)
                .onFailure(CircuitBreakerOpenException.class)
                .transform(open -> requireNonNullElse(job.trouble(), open))
                .onFailure(SummariserUnavailableException.class)
                .invoke(failure -> gate.failed((SummariserUnavailableException) failure))
                .onItemOrFailure()
                .transformToUni((summary, failure) -> {
                    job.enter(Stage.STORING);
                    return untilStored(
                            job,
                            () -> failure == null ? store(job.lease(), summary) : unsummarised(job.lease(), failure));
                });
    }

    /**
     * While the database is away, what is to be stored is kept, and tried again until it is stored or called off. When not
     * even that the job failed or is put off can be stored, for a reason that will not heal, the attempt ends; the job is
     * handed back later, as one of which nobody knows.
     */
    private Uni<Outcome> untilStored(HeldJob job, Supplier<Uni<Outcome>> store) {
        return Uni.createFrom()
                .deferred(store::get)
                .onFailure(Attempts::mayHeal)
                .invoke(failure -> LOG.warnf(
                        "The outcome of job %d cannot be stored yet: %s",
                        job.lease().jobId(), failure))
                .onFailure(Attempts::mayHeal)
                .retry()
                .withBackOff(PAUSE_WHILE_THE_DATABASE_IS_AWAY, PAUSE_WHILE_THE_DATABASE_IS_AWAY)
                .indefinitely();
    }

    private static boolean mayHeal(Throwable failure) {
        return !(failure instanceof CalledOffException) && SqlFailures.mayHeal(failure);
    }

    private Uni<Outcome> unsummarised(Lease lease, Throwable failure) {
        return switch (failure) {
            case CalledOffException calledOff -> Uni.createFrom().failure(calledOff);
            case CircuitBreakerOpenException open -> database.release(lease).replaceWith(Outcome.RELEASED);
            case SummariserUnavailableException away ->
                postpone(
                        lease, away.retryAfter().orElse(Duration.ZERO), ErrorCode.SUMMARISER_UNAVAILABLE, reason(away));
            case org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException timeout ->
                postpone(
                        lease,
                        Duration.ZERO,
                        ErrorCode.SUMMARISER_UNAVAILABLE,
                        "The summariser did not answer in time");
            case DeadlineExceededException late ->
                postpone(
                        lease,
                        Duration.ZERO,
                        ErrorCode.DEADLINE_EXCEEDED,
                        "No call of the summariser succeeded within the attempt's deadline");
            case InvalidAnswerException invalid -> deadLetter(lease, ErrorCode.INVALID_ANSWER, reason(invalid));
            case RejectedTranscriptException rejected ->
                deadLetter(lease, ErrorCode.TRANSCRIPT_REJECTED, reason(rejected));
            default ->
                deadLetter(
                        lease,
                        ErrorCode.SUMMARISER_ERROR,
                        "The summariser failed: " + failure.getClass().getSimpleName());
        };
    }

    /** The summariser's own exceptions say nothing of a transcript. */
    private static String reason(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private Uni<Outcome> store(Lease lease, Summary summary) {
        return database.complete(new Completion(lease, summary))
                .map(outcome -> outcome == CompletionOutcome.COMMITTED ? Outcome.COMPLETED : Outcome.STALE)
                .onFailure(SqlFailures::isCausedByContent)
                .recoverWithUni(failure ->
                        deadLetter(lease, ErrorCode.CONSTRAINT_VIOLATION, "The database refused what was to be stored"))
                .onFailure(failure -> !SqlFailures.mayHeal(failure))
                .recoverWithUni(failure -> {
                    LOG.errorf("The outcome of job %d cannot be stored: %s", lease.jobId(), failure);
                    return postpone(
                            lease, Duration.ZERO, ErrorCode.STORAGE_ERROR, "The database could not store the outcome");
                });
    }

    private Uni<Outcome> deadLetter(Lease lease, ErrorCode code, String reason) {
        return database.fail(lease, code, reason)
                .invoke(outcome -> LOG.warnf("Job %d failed: %s: %s", lease.jobId(), code.word(), reason))
                .map(outcome -> outcome == CompletionOutcome.COMMITTED ? Outcome.FAILED : Outcome.STALE);
    }

    private Uni<Outcome> postpone(Lease lease, Duration atLeast, ErrorCode code, String reason) {
        return database.postpone(lease, atLeast, code, reason).map(outcome -> switch (outcome) {
            case POSTPONED -> {
                LOG.debugf("Job %d is postponed: %s: %s", lease.jobId(), code.word(), reason);
                yield Outcome.POSTPONED;
            }
            case GIVEN_UP -> {
                LOG.warnf("Job %d failed, after it was postponed for too long: %s", lease.jobId(), code.word());
                yield Outcome.FAILED;
            }
            case STALE -> Outcome.STALE;
        });
    }

    /** After the commit: what has ended, or comes back later with a new entry, is acknowledged. */
    private Uni<Void> settle(HeldJob job, Outcome outcome, String consumer) {
        if (job.entry().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        StreamEntry entry = job.entry().get();
        Uni<Void> settled = switch (outcome) {
            case COMPLETED, FAILED, CANCELLED, POSTPONED ->
                acknowledgements.submit(entry).replaceWithVoid();
            case RELEASED -> index.handBack(consumer, List.of(entry));
            case STALE, CALLED_OFF -> Uni.createFrom().voidItem();
        };
        return settled.onFailure()
                .invoke(failure -> LOG.debugf(
                        "The index does not know what became of job %d: %s",
                        job.lease().jobId(), failure))
                .onFailure()
                .recoverWithNull();
    }

    private void end(HeldJob job, Outcome outcome, long startedAt) {
        held.remove(job);
        changes.announce(job.lease().jobId());
        metrics.ended(job.lease().priority(), outcome, Duration.ofNanos(System.nanoTime() - startedAt));
    }
}
