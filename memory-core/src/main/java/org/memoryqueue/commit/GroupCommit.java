package org.memoryqueue.commit;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lets requests that arrive close together share one transaction, since a commit costs a disk flush and a row costs
 * next to nothing. A batch leaves when it is full or when its first request has lingered. While half of the batches that
 * may be under way are, requests gather into larger ones for longer, since a few large batches cost the store less than
 * many small ones; the other half is for when those are slow, such as behind a lock. A row that cannot be stored fails
 * alone: a batch that fails that one row may have failed is tried again one by one.
 *
 * @param <T> a request
 * @param <R> its result
 */
public final class GroupCommit<T, R> {

    /**
     * Bounds of a group commit.
     *
     * @param linger how long the first request of a batch waits for others
     * @param gather how long it waits at most while half of the batches are under way
     * @param maxBatch the most requests in a batch
     * @param maxInFlight the most batches under way at once
     * @param maxWaiting the most requests that wait for a batch; more are refused
     */
    public record Limits(Duration linger, Duration gather, int maxBatch, int maxInFlight, int maxWaiting) {

        public Limits {
            if (maxBatch < 1 || maxInFlight < 1 || maxWaiting < 1) {
                throw new IllegalArgumentException(
                        "memory.group-commit.max-batch, max-in-flight and max-waiting must be at least 1");
            }
        }

        /** From how many batches under way on requests gather for longer. */
        int half() {
            return (maxInFlight + 1) / 2;
        }
    }

    private record Waiting<T, R>(T request, UniEmitter<? super R> emitter, AtomicBoolean givenUp, boolean alone) {

        static <T, R> Waiting<T, R> of(T request, UniEmitter<? super R> emitter) {
            AtomicBoolean givenUp = new AtomicBoolean();
            emitter.onTermination(() -> givenUp.set(true));
            return new Waiting<>(request, emitter, givenUp, false);
        }

        Waiting<T, R> onItsOwn() {
            return new Waiting<>(request, emitter, givenUp, true);
        }
    }

    private final Loop loop;
    private final Limits limits;
    private final Function<List<T>, Uni<List<R>>> commit;
    private final Predicate<Throwable> mayConcernOneRow;

    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean lingering;
    private boolean gathering;

    /**
     * Creates a group commit.
     *
     * @param loop where its state lives; {@code commit} is called there
     * @param limits its bounds
     * @param commit stores all requests or none, and gives their results in the same order
     * @param mayConcernOneRow tells failures that a single request may have caused from those of the store
     */
    public GroupCommit(
            Loop loop, Limits limits, Function<List<T>, Uni<List<R>>> commit, Predicate<Throwable> mayConcernOneRow) {
        this.loop = loop;
        this.limits = limits;
        this.commit = commit;
        this.mayConcernOneRow = mayConcernOneRow;
    }

    /**
     * Adds a request to the next batch.
     *
     * @return its result once it is committed; fails with {@link GroupCommitFullException} when too many wait already
     */
    public Uni<R> submit(T request) {
        return Uni.createFrom().emitter(emitter -> loop.execute(() -> add(Waiting.of(request, emitter))));
    }

    private void add(Waiting<T, R> request) {
        if (waiting.size() >= limits.maxWaiting()) {
            request.emitter().fail(new GroupCommitFullException(limits.maxWaiting()));
            return;
        }
        waiting.add(request);
        if (waiting.size() >= limits.maxBatch()) {
            startBatches();
        } else if (!lingering) {
            lingering = true;
            loop.after(limits.linger(), () -> {
                lingering = false;
                startBatches();
            });
        }
    }

    private void startBatches() {
        dropGivenUp();
        while (mayStart() && (inFlight < limits.half() || isWorthIt())) {
            start(nextBatch());
        }
        if (mayStart() && !gathering) {
            gathering = true;
            loop.after(limits.gather(), this::endGathering);
        }
    }

    private void endGathering() {
        gathering = false;
        dropGivenUp();
        if (mayStart()) {
            start(nextBatch());
        }
        startBatches();
    }

    private boolean mayStart() {
        return !waiting.isEmpty() && inFlight < limits.maxInFlight();
    }

    /** Whether gathering would make no larger batch. */
    private boolean isWorthIt() {
        return waiting.size() >= limits.maxBatch() || waiting.getFirst().alone();
    }

    /** Nobody waits for these any more: an overloaded store must not work for nobody. */
    private void dropGivenUp() {
        waiting.removeIf(request -> request.givenUp().get());
    }

    private List<Waiting<T, R>> nextBatch() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        do {
            batch.add(waiting.remove());
        } while (batch.size() < limits.maxBatch()
                && !batch.getLast().alone()
                && !waiting.isEmpty()
                && !waiting.getFirst().alone());
        return batch;
    }

    private void start(List<Waiting<T, R>> batch) {
        inFlight++;
        Uni.createFrom()
                .deferred(
                        () -> commit.apply(batch.stream().map(Waiting::request).toList()))
                .subscribe()
                .with(
                        results -> loop.execute(() -> finish(batch, results)),
                        failure -> loop.execute(() -> fail(batch, failure)));
    }

    private void finish(List<Waiting<T, R>> batch, List<R> results) {
        if (results.size() != batch.size()) {
            fail(batch, new IllegalStateException(results.size() + " results for " + batch.size() + " requests"));
            return;
        }
        try {
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).emitter().complete(results.get(i));
            }
        } finally {
            release();
        }
    }

    private void fail(List<Waiting<T, R>> batch, Throwable failure) {
        try {
            if (batch.size() > 1 && mayConcernOneRow.test(failure)) {
                batch.reversed().forEach(each -> waiting.addFirst(each.onItsOwn()));
            } else {
                batch.forEach(request -> request.emitter().fail(failure));
            }
        } finally {
            release();
        }
    }

    private void release() {
        inFlight--;
        startBatches();
    }
}
