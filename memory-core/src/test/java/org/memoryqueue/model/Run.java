package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Stores;

/**
 * A run of the real queue, on real stores, beside the reference: after each step both must agree, and at last nothing may
 * be left to do.
 */
final class Run {

    private static final int WORKERS = 3;
    private static final int ROUNDS_TO_REST = 12;

    private final Stores stores;
    private final Streams streams;
    private final Effects effects;
    private final Reference reference = new Reference();
    private final Coverage coverage;
    private final Surroundings surroundings;
    private final List<Worker> workers;
    private final boolean isRepaired;
    private Snapshot last;

    /**
     * Begins with empty stores.
     *
     * @param deaf beans on the same Postgres whose Redis hears nothing
     * @param isRepaired whether maintenance looks after the index and lost leases; else workers are left alone with them
     */
    Run(Stores stores, Beans deaf, Protocol protocol, boolean isRepaired) {
        Beans beans = stores.beansWith(stores.redis());
        this.stores = stores;
        this.streams = new Streams(stores);
        this.effects = new Effects(stores);
        this.coverage = new Coverage(streams, reference);
        this.surroundings = new Surroundings(stores, beans, deaf, streams, reference);
        this.workers = IntStream.range(0, WORKERS)
                .mapToObj(number -> new Worker(number, beans, reference, protocol))
                .toList();
        this.isRepaired = isRepaired;
        surroundings.forgetEverything();
        this.last = Snapshot.of(stores);
    }

    /** What the run has come across. */
    Set<Seen> seen() {
        return reference.state().seen();
    }

    /** Makes a step, and compares. */
    void perform(Operation operation) {
        step(operation);
        Snapshot now = Snapshot.of(stores);
        assertThat(now).as("after %s", operation).isEqualTo(reference.state().snapshot());
        now.follows(last);
        last = now;
        if (isRepaired && surroundings.isRedisSound()) {
            coverage.check(operation);
        }
    }

    private void step(Operation operation) {
        switch (operation) {
            case Operation.HandIn handIn -> surroundings.handIn(handIn);
            case Operation.Take(int worker) -> worker(worker).taking().take();
            case Operation.TakeUnheard(int worker) -> worker(worker).taking().takeUnheard();
            case Operation.TakeOver(int worker) -> worker(worker).taking().takeOver();
            case Operation.TakeWithoutIndex(int worker, int high, int normal, int low) ->
                worker(worker)
                        .taking()
                        .takeWithoutIndex(Map.of(Priority.HIGH, high, Priority.NORMAL, normal, Priority.LOW, low));
            case Operation.TakeSuspect(int worker) -> worker(worker).taking().takeSuspect();
            case Operation.Renew(int worker) -> worker(worker).renew();
            case Operation.Complete(int pick, int times) -> held(pick, (worker, job) -> worker.complete(job, times));
            case Operation.CompleteAll(int worker) -> worker(worker).completeAll();
            case Operation.DieFinishing(int pick) -> held(pick, Worker::dieFinishing);
            case Operation.Fail(int pick, int times) -> held(pick, (worker, job) -> worker.fail(job, times));
            case Operation.Postpone(int pick, boolean asked, int times) ->
                held(pick, (worker, job) -> worker.postpone(job, asked, times));
            case Operation.Release(int pick) -> held(pick, Worker::release);
            case Operation.Restart(int worker) -> worker(worker).restart();
            case Operation.Die(int worker) -> worker(worker).die();
            case Operation.Cancel(int pick) ->
                pick(reference.state().which(job -> !job.state().isTerminal()), pick, surroundings::cancel);
            case Operation.Retry(int pick) ->
                pick(reference.state().which(job -> job.state() == JobState.FAILED), pick, surroundings::retry);
            case Operation.Pass(int ticks) -> surroundings.pass(ticks);
            case Operation.LoseEntry(int pick) -> surroundings.loseEntry(pick);
            case Operation.RepeatEntry(int pick, Priority stream) ->
                pick(reference.state().which(job -> true), pick, job -> streams.add(stream, String.valueOf(job.id())));
            case Operation.StrayEntry(String value, Priority stream) -> streams.add(stream, value);
            case Operation.Plain plain -> step(plain);
        }
    }

    private void step(Operation.Plain plain) {
        switch (plain) {
            case PAUSE -> surroundings.turn(QueueMode.PAUSED);
            case DRAIN -> surroundings.turn(QueueMode.DRAINING);
            case RESUME -> surroundings.turn(QueueMode.RUNNING);
            case RECLAIM_LOST_LEASES -> surroundings.reclaimLostLeases();
            case PROMOTE -> surroundings.promoteDelayedJobs();
            case REPAIR_INDEX -> {
                coverage.expectRepair();
                surroundings.repairIndex();
            }
            case PRUNE -> surroundings.prune();
            case FLUSH -> surroundings.flush();
            case OUTAGE -> surroundings.outage();
        }
    }

    private Worker worker(int number) {
        return workers.get(number % WORKERS);
    }

    private void held(int pick, BiConsumer<Worker, Attempt> step) {
        List<Runnable> steps = workers.stream()
                .flatMap(worker -> worker.held().stream().<Runnable>map(job -> () -> step.accept(worker, job)))
                .toList();
        pick(steps, pick, Runnable::run);
    }

    private static <T> void pick(List<T> candidates, int pick, Consumer<T> step) {
        if (!candidates.isEmpty()) {
            step.accept(candidates.get(pick % candidates.size()));
        }
    }

    /** Lets the queue do what it does by itself, until there is nothing left to do. */
    void comeToRest() {
        perform(Operation.Plain.RESUME);
        for (int worker = 0; worker < WORKERS; worker++) {
            perform(new Operation.Die(worker));
        }
        for (int round = 0; round < ROUNDS_TO_REST && !isAtRest(); round++) {
            perform(new Operation.Pass(Ticks.LEASE));
            perform(Operation.Plain.PROMOTE);
            if (isRepaired) {
                perform(Operation.Plain.RECLAIM_LOST_LEASES);
                perform(Operation.Plain.REPAIR_INDEX);
            }
            workUntilNothingIsFound(round);
        }
        assertThat(reference.state().which(job -> !job.state().isTerminal()))
                .extracting(ReferenceJob::view)
                .as("jobs that nobody will ever do")
                .isEmpty();
        assertThat(streams.length()).as("entries left").isZero();
        assertThat(streams.pending()).as("entries held").isZero();
        effects.happenedOnce(reference.state().memories().views());
    }

    private boolean isAtRest() {
        return reference.state().which(job -> !job.state().isTerminal()).isEmpty()
                && streams.length() == 0
                && streams.pending() == 0;
    }

    private void workUntilNothingIsFound(int worker) {
        Snapshot before;
        long length;
        do {
            before = last;
            length = streams.length();
            perform(new Operation.TakeSuspect(worker));
            perform(new Operation.TakeOver(worker));
            perform(new Operation.Take(worker));
            perform(new Operation.CompleteAll(worker));
        } while (!last.equals(before) || streams.length() != length);
    }
}
