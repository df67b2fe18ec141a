package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.summariser.SummariserUnavailableException;

/** A job that this worker holds, with its entry in the index, if it came from there, and the means to call it off. */
final class HeldJob {

    private final Lease lease;
    private final @Nullable StreamEntry entry;
    private final boolean alone;
    private final CompletableFuture<CallOff> calledOff = new CompletableFuture<>();
    private final CompletableFuture<RuntimeException> unwanted = new CompletableFuture<>();
    private final AtomicReference<CompletableFuture<Boolean>> nextStep =
            new AtomicReference<>(new CompletableFuture<>());
    private volatile Stage stage = Stage.SUMMARISING;
    private volatile @Nullable SummariserUnavailableException trouble;

    /** Why a job is called off. */
    enum CallOff {
        /** Its lease is lost, or is being given up: it is others' now. */
        NOT_OURS,
        /** It has ended: called off by an operator, erased, or done by another. */
        ENDED
    }

    HeldJob(Lease lease, @Nullable StreamEntry entry, boolean alone) {
        this.lease = lease;
        this.entry = entry;
        this.alone = alone;
    }

    Lease lease() {
        return lease;
    }

    Optional<StreamEntry> entry() {
        return Optional.ofNullable(entry);
    }

    /** Whether the worker must take nothing beside it. */
    boolean isAlone() {
        return alone;
    }

    /** Notes that the summariser was away for this job. */
    void met(Throwable failure) {
        if (failure instanceof SummariserUnavailableException unavailable) {
            trouble = unavailable;
        }
    }

    /** How the summariser was last away for this job, in this attempt; null when it was not. */
    @Nullable
    SummariserUnavailableException trouble() {
        return trouble;
    }

    Stage stage() {
        return stage;
    }

    void enter(Stage next) {
        stage = next;
    }

    /** Notes that a call for its summary has succeeded. */
    void stepped() {
        nextStep.getAndSet(new CompletableFuture<>()).complete(true);
    }

    /** Completes when the next call for its summary has succeeded. */
    Uni<Boolean> nextStep() {
        return Uni.createFrom().completionStage(() -> nextStep.get().copy());
    }

    /** Ends the work at once; nothing of it will be stored, unless it is being stored at this moment. */
    void callOff(CallOff reason) {
        unwanted.complete(new CalledOffException(reason));
        calledOff.complete(reason);
    }

    /** Ends the summarising, whose time is up. */
    DeadlineExceededException exceedDeadline() {
        DeadlineExceededException exceeded = new DeadlineExceededException();
        unwanted.complete(exceeded);
        return exceeded;
    }

    /** Fails when nobody wants the summary any more. */
    <T> Uni<T> failureWhenUnwanted() {
        return Uni.createFrom()
                .completionStage(() -> unwanted.copy())
                .onItem()
                .transformToUni(failure -> Uni.createFrom().failure(failure));
    }

    boolean isCalledOff() {
        return calledOff.isDone();
    }

    /** Completes when the work is called off. */
    Uni<CallOff> whenCalledOff() {
        return Uni.createFrom().completionStage(() -> calledOff.copy());
    }
}
