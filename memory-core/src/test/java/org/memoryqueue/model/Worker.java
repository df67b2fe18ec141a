package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.completion.Failures;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.LostLease;
import org.memoryqueue.lease.Postponement;
import org.memoryqueue.lease.Renewal;
import org.memoryqueue.testing.Beans;

/**
 * A worker that does what the real one does, step by step as it is told, and compares each answer with the reference. It
 * may be slow: what it holds may long belong to another.
 */
final class Worker {

    private static final int SLOTS = 3;

    private final int number;
    private final Beans beans;
    private final Reference reference;
    private final Protocol protocol;
    private final List<Attempt> held = new ArrayList<>();
    private final Taking taking;
    private int boot = 1;

    Worker(int number, Beans beans, Reference reference, Protocol protocol) {
        this.number = number;
        this.beans = beans;
        this.reference = reference;
        this.protocol = protocol;
        this.taking = new Taking(this, beans, reference, protocol);
    }

    String name() {
        return "worker-" + number + "." + boot;
    }

    /** How many more it may take; one that runs alone is enough. */
    int free() {
        return held.stream().anyMatch(Attempt::alone) ? 0 : SLOTS - held.size();
    }

    boolean isIdle() {
        return held.isEmpty();
    }

    Taking taking() {
        return taking;
    }

    /** What it holds under an older token, it forgets. */
    void hold(Attempt job) {
        held.removeIf(older -> older.lease().jobId() == job.lease().jobId());
        held.add(job);
    }

    void renew() {
        disown();
        List<LostLease> lost = await(beans.get(Leases.class)
                .renew(held.stream()
                        .map(each -> new Renewal(each.lease(), Stage.SUMMARISING))
                        .toList()));
        assertThat(lost)
                .as("what %s has lost", name())
                .containsExactlyInAnyOrderElementsOf(reference.renew(leases(held)));
        for (LostLease gone : lost) {
            List<Attempt> dropped = held.stream()
                    .filter(each -> each.lease().jobId() == gone.jobId())
                    .toList();
            held.removeAll(dropped);
            if (gone.ended()) {
                await(index().acknowledge(entries(dropped)));
            }
        }
        touch(index().renew(name(), entries(held)));
    }

    private void disown() {
        List<Long> known = held.stream().map(job -> job.lease().jobId()).toList();
        List<DueJob> due = await(beans.get(Leases.class).disown(name(), known));
        assertThat(due)
                .extracting(DueJob::id)
                .as("what %s did not know of", name())
                .containsExactlyInAnyOrderElementsOf(reference.disown(name(), known));
        await(index().add(due));
    }

    void complete(Attempt job, int times) {
        for (int time = 1; time <= times; time++) {
            finish(job, false);
        }
        held.remove(job);
    }

    void dieFinishing(Attempt job) {
        finish(job, true);
        die();
    }

    private void finish(Attempt job, boolean dies) {
        protocol.finish(beans, job.completion(), job.entry(), dies)
                .ifPresent(outcome -> assertThat(outcome)
                        .as("the completion of %s", job.lease())
                        .isEqualTo(reference.complete(job.lease(), job.memory())));
    }

    /** In one go, so that they share a transaction. */
    void completeAll() {
        List<CompletionOutcome> outcomes = awaitAll(held.stream()
                .map(job -> protocol.complete(beans, job.completion()))
                .toList());
        List<StreamEntry> done = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Attempt job = held.get(i);
            assertThat(outcomes.get(i))
                    .as("the completion of %s", job.lease())
                    .isEqualTo(reference.complete(job.lease(), job.memory()));
            if (outcomes.get(i) == CompletionOutcome.COMMITTED) {
                job.entry().ifPresent(done::add);
            }
        }
        await(index().acknowledge(done));
        held.clear();
    }

    void fail(Attempt job, int times) {
        end(
                job,
                times,
                () -> beans.get(Failures.class).fail(job.lease(), ErrorCode.SUMMARISER_ERROR, "It was refused"),
                () -> reference.fail(job.lease()),
                CompletionOutcome.STALE);
    }

    void postpone(Attempt job, boolean asked, int times) {
        Duration atLeast = asked ? Ticks.ASKED : Duration.ZERO;
        end(
                job,
                times,
                () -> beans.get(Postponement.class)
                        .postpone(job.lease(), atLeast, ErrorCode.SUMMARISER_UNAVAILABLE, "It is away"),
                () -> reference.postpone(job.lease(), asked),
                Postponement.Outcome.STALE);
    }

    private <T> void end(Attempt job, int times, Supplier<Uni<T>> call, Supplier<T> expected, T stale) {
        for (int time = 1; time <= times; time++) {
            T outcome = await(call.get());
            assertThat(outcome).as("the end of %s", job.lease()).isEqualTo(expected.get());
            if (!outcome.equals(stale)) {
                Protocol.acknowledge(beans, job.entry());
            }
        }
        held.remove(job);
    }

    void release(Attempt job) {
        release(List.of(job));
    }

    void restart() {
        release(List.copyOf(held));
        await(index().leave(name()));
        die();
    }

    private void release(List<Attempt> some) {
        if (!some.isEmpty()) {
            await(beans.get(Leases.class).release(leases(some)));
            reference.release(leases(some));
            touch(index().handBack(name(), entries(some)));
            held.removeAll(some);
        }
    }

    void die() {
        held.clear();
        taking.forget();
        boot++;
    }

    /** After Redis has forgotten everything there is nothing to touch. */
    static void touch(Uni<Void> call) {
        await(call.onFailure(DueIndex::isGroupMissing).recoverWithNull());
    }

    List<Attempt> held() {
        return List.copyOf(held);
    }

    private static List<Lease> leases(List<Attempt> some) {
        return some.stream().map(Attempt::lease).toList();
    }

    private static List<StreamEntry> entries(List<Attempt> some) {
        return some.stream().flatMap(each -> each.entry().stream()).toList();
    }

    private DueIndex index() {
        return beans.get(DueIndex.class);
    }
}
