package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Expiry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.testing.Beans;

/** How a worker comes by its jobs: from the index, from Postgres, and suspects one by one. */
final class Taking {

    private final Worker worker;
    private final Beans beans;
    private final Reference reference;
    private final Protocol protocol;

    /** The suspect that waits until the worker holds nothing. */
    private @Nullable StreamEntry quarantined;

    Taking(Worker worker, Beans beans, Reference reference, Protocol protocol) {
        this.worker = worker;
        this.beans = beans;
        this.reference = reference;
        this.protocol = protocol;
    }

    private int free() {
        return quarantined == null ? worker.free() : 0;
    }

    void forget() {
        quarantined = null;
    }

    /** What is new in the index. */
    void take() {
        if (free() > 0) {
            work(entries(() -> index().read(worker.name(), shares())));
        }
    }

    /** What is new in the index, without holding it: it is handed back, since nobody knows what came of the claim. */
    void takeUnheard() {
        if (free() > 0) {
            List<StreamEntry> entries = entries(() -> index().read(worker.name(), shares()));
            claim(entries.stream().map(StreamEntry::jobId).collect(Collectors.toSet()), false);
            Worker.touch(index().handBack(worker.name(), entries));
        }
    }

    /** What others have left behind in it. */
    void takeOver() {
        if (free() == 0) {
            return;
        }
        Duration idle = beans.get(LeaseConfig.class).duration().plusSeconds(1);
        List<StreamEntry> entries = entries(() -> index().reclaim(worker.name(), idle, shares()));
        Set<Long> jobs = entries.stream().map(StreamEntry::jobId).collect(Collectors.toSet());
        Expiry.Expired expired = await(beans.get(Expiry.class).expire(jobs));
        assertThat(expired.due())
                .extracting(DueJob::id)
                .as("those whose leases had run out")
                .containsExactlyInAnyOrderElementsOf(reference.expire(jobs::contains));
        work(entries);
    }

    /** What is due in Postgres. */
    void takeWithoutIndex(Map<Priority, Integer> shares) {
        int wanted = shares.values().stream().mapToInt(Integer::intValue).sum();
        if (wanted == 0 || wanted > free()) {
            return;
        }
        List<Lease> leases = await(beans.get(Leases.class).claimDue(shares, worker.name()));
        assertThat(tokens(leases)).as("what is due").isEqualTo(reference.claimDue(shares, worker.name()));
        leases.forEach(lease -> worker.hold(new Attempt(lease, Optional.empty(), false)));
    }

    /** The one that it has met in the index, else any in Postgres. */
    void takeSuspect() {
        if (!worker.isIdle()) {
            return;
        }
        Optional<StreamEntry> entry = Optional.ofNullable(quarantined);
        quarantined = null;
        List<Long> suspect = entry.map(met -> List.of(met.jobId())).orElseGet(this::suspect);
        List<Lease> leases = claim(suspect, true).leased();
        leases.forEach(lease -> worker.hold(new Attempt(lease, entry, true)));
        if (leases.isEmpty()) {
            Worker.touch(index().handBack(worker.name(), entry.stream().toList()));
        }
    }

    /** Any will do; a run that is to be repeated takes the oldest. */
    private List<Long> suspect() {
        List<Long> any = await(beans.get(Leases.class).anySuspect());
        List<Long> suspects = reference.suspects();
        assertThat(any)
                .as("a suspect, where there is one")
                .hasSize(Math.min(1, suspects.size()))
                .isSubsetOf(suspects);
        return suspects.stream().limit(1).toList();
    }

    private Map<Priority, Integer> shares() {
        return Map.of(Priority.HIGH, free());
    }

    private List<StreamEntry> entries(Supplier<Uni<List<StreamEntry>>> call) {
        return await(Uni.createFrom()
                .deferred(call::get)
                .onFailure(DueIndex::isGroupMissing)
                .recoverWithUni(() -> index().createGroups().replaceWith(List.of())));
    }

    /** Of two entries of one job, one is enough; what others hold is left to them, and what may come later, to all. */
    private void work(List<StreamEntry> entries) {
        Map<Long, StreamEntry> byJob = entries.stream()
                .collect(Collectors.toMap(StreamEntry::jobId, Function.identity(), (first, second) -> first));
        Claim claim = claim(byJob.keySet(), false);
        claim.leased()
                .forEach(
                        lease -> worker.hold(new Attempt(lease, Optional.ofNullable(byJob.get(lease.jobId())), false)));
        Map<Long, Claim.Refusal> refused =
                claim.refused().stream().collect(Collectors.toMap(Claim.Refused::jobId, Claim.Refused::reason));
        List<StreamEntry> done = new ArrayList<>();
        List<StreamEntry> back = new ArrayList<>();
        for (StreamEntry entry : entries) {
            Claim.Refusal refusal = refused.get(entry.jobId());
            if (byJob.get(entry.jobId()) != entry || refusal != null && protocol.isDone(refusal)) {
                done.add(entry);
            } else if (refusal instanceof Claim.Suspect && quarantined == null) {
                quarantined = entry;
            } else if (refusal instanceof Claim.Halted || refusal instanceof Claim.Suspect) {
                back.add(entry);
            }
        }
        await(index().acknowledge(done));
        Worker.touch(index().handBack(worker.name(), back));
    }

    private Claim claim(Collection<Long> jobs, boolean alone) {
        if (jobs.isEmpty()) {
            return new Claim(List.of(), List.of());
        }
        Claim claim = await(
                alone
                        ? beans.get(Leases.class).claimAlone(jobs.iterator().next(), worker.name())
                        : beans.get(Leases.class).claim(jobs, worker.name()));
        Map<Long, Object> answer = new HashMap<>(tokens(claim.leased()));
        claim.refused()
                .forEach(refused ->
                        answer.put(refused.jobId(), refused.reason().getClass().getSimpleName()));
        assertThat(answer).as("the claim of %s", worker.name()).isEqualTo(reference.claim(jobs, worker.name(), alone));
        return claim;
    }

    private static Map<Long, Object> tokens(Collection<Lease> leases) {
        return leases.stream().collect(Collectors.toMap(Lease::jobId, Lease::token));
    }

    private DueIndex index() {
        return beans.get(DueIndex.class);
    }
}
