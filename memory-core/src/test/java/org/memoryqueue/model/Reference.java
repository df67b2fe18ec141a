package org.memoryqueue.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.LostLease;
import org.memoryqueue.lease.Postponement;

/**
 * What the queue ought to be: maps instead of tables, one step at a time instead of transactions, ticks instead of time.
 * It knows nothing of the index, which may be empty, wrong or gone. Each method makes a step, and returns the answer that
 * the queue must give.
 */
final class Reference {

    private final ReferenceState state = new ReferenceState();
    private int handIns;
    private boolean halted;
    private int now;
    private int availableSince = -Ticks.AVAILABLE;

    /** What was handed in, and its answer: a session is known, or has a job that will remember it. */
    record HandedIn(Class<? extends Acceptance> answer, long job, boolean announced) {}

    /** @param newJob the id that a new job has, should there be one */
    HandedIn handIn(Submission submission, long newJob) {
        Optional<Long> known = state.memories().knows(submission);
        if (known.isPresent()) {
            saw(Seen.REMEMBERED);
            return new HandedIn(Acceptance.Remembered.class, known.get(), false);
        }
        Optional<ReferenceJob> current = state.current(submission.session());
        if (current.filter(job -> !job.state().isTerminal() && ReferenceMemories.isPrefix(submission, job.submission()))
                .isPresent()) {
            saw(Seen.UNDER_WAY);
            return new HandedIn(Acceptance.UnderWay.class, current.get().id(), false);
        }
        handIns++;
        if (current.filter(job -> job.state() == JobState.QUEUED).isPresent()) {
            saw(Seen.TAKEN_OVER);
            boolean moves = current.get().priority() != submission.priority();
            current.get().takeOver(submission, handIns);
            return new HandedIn(Acceptance.Queued.class, current.get().id(), moves);
        }
        current.ifPresent(job -> {
            saw(job.state() == JobState.RUNNING ? Seen.REPLACED_WHILE_RUNNING : Seen.REPLACED_AFTER_ITS_END);
            job.supersede();
        });
        state.add(new ReferenceJob(newJob, submission, handIns));
        return new HandedIn(Acceptance.Queued.class, newJob, true);
    }

    /** For each job its new token, or the kind of the refusal. */
    Map<Long, Object> claim(Collection<Long> ids, String owner, boolean alone) {
        return ids.stream()
                .distinct()
                .collect(Collectors.toMap(id -> id, id -> claim(state.find(id).orElse(null), owner, alone)));
    }

    private Object claim(@Nullable ReferenceJob job, String owner, boolean alone) {
        if (job == null) {
            return refused("Missing", Seen.CLAIM_OF_MISSING);
        }
        if (job.state().isTerminal()) {
            return refused("Ended", Seen.CLAIM_OF_ENDED);
        }
        if (job.state() == JobState.RUNNING) {
            return refused("Held", Seen.CLAIM_OF_HELD);
        }
        if (job.isDelayed() && !job.isDue(now)) {
            return refused("NotDue", Seen.CLAIM_OF_NOT_DUE);
        }
        if (halted) {
            return refused("Halted", Seen.CLAIM_WHILE_HALTED);
        }
        if (job.isSuspect() && !alone) {
            return refused("Suspect", Seen.CLAIM_OF_SUSPECT);
        }
        if (alone) {
            saw(Seen.CLAIM_ALONE);
        }
        job.lease(owner, alone, now);
        return job.token();
    }

    private String refused(String reason, Seen occurrence) {
        saw(occurrence);
        return reason;
    }

    /** The new tokens of those that are leased. */
    Map<Long, Object> claimDue(Map<Priority, Integer> shares, String owner) {
        if (halted) {
            return Map.of();
        }
        int wanted = shares.values().stream().mapToInt(Integer::intValue).sum();
        List<ReferenceJob> taken = new ArrayList<>();
        List<ReferenceJob> rest = new ArrayList<>();
        for (Priority priority : Priority.ALL) {
            List<ReferenceJob> due = state.which(job -> job.waits() && !job.isSuspect() && job.priority() == priority);
            int share = Math.min(due.size(), shares.getOrDefault(priority, 0));
            taken.addAll(due.subList(0, share));
            rest.addAll(due.subList(share, due.size()));
        }
        taken.addAll(rest.subList(0, Math.min(rest.size(), wanted - taken.size())));
        taken.forEach(job -> job.lease(owner, false, now));
        return taken.stream().collect(Collectors.toMap(ReferenceJob::id, ReferenceJob::token));
    }

    List<Long> suspects() {
        return state.which(job -> job.waits() && job.isSuspect()).stream()
                .map(ReferenceJob::id)
                .toList();
    }

    /** Those that are lost. */
    Set<LostLease> renew(Collection<Lease> leases) {
        return leases.stream()
                .filter(lease -> !renew(lease))
                .map(lease -> {
                    saw(Seen.RENEWAL_OF_A_LOST_LEASE);
                    ReferenceJob job = state.find(lease.jobId()).orElse(null);
                    return new LostLease(
                            lease.jobId(), job == null || job.state().isTerminal());
                })
                .collect(Collectors.toSet());
    }

    private boolean renew(Lease lease) {
        ReferenceJob job = state.find(lease.jobId()).orElse(null);
        if (job == null) {
            return false;
        }
        if (!job.isHeldBy(lease)) {
            return job.ended(JobState.COMPLETED, lease) || job.ended(JobState.FAILED, lease);
        }
        if (job.isLost(now)) {
            saw(Seen.RENEWAL_AFTER_ITS_TIME);
        }
        job.renew(now);
        return true;
    }

    CompletionOutcome complete(Lease lease, MemoryView made) {
        ReferenceJob job = state.find(lease.jobId()).orElse(null);
        if (job != null && job.ended(JobState.COMPLETED, lease)) {
            saw(Seen.REPEATED_COMPLETION);
            return CompletionOutcome.COMMITTED;
        }
        if (job == null || !job.isHeldBy(lease)) {
            saw(
                    job != null && job.state() == JobState.CANCELLED
                            ? Seen.COMPLETION_OF_A_CANCELLED_JOB
                            : Seen.COMPLETION_OF_A_LOST_LEASE);
            return CompletionOutcome.STALE;
        }
        job.complete(now);
        state.ended(JobState.COMPLETED);
        switch (state.memories().remember(job, made)) {
            case ADDED -> {}
            case REPLACED -> saw(Seen.REPLACED_MEMORY);
            case KEPT_NEWER -> saw(Seen.KEPT_NEWER_MEMORY);
        }
        return CompletionOutcome.COMMITTED;
    }

    CompletionOutcome fail(Lease lease) {
        ReferenceJob job = state.find(lease.jobId()).orElse(null);
        if (job != null && job.ended(JobState.FAILED, lease)) {
            saw(Seen.REPEATED_FAILURE);
            return CompletionOutcome.COMMITTED;
        }
        if (job == null || !job.isHeldBy(lease)) {
            saw(Seen.FAILURE_OF_A_LOST_LEASE);
            return CompletionOutcome.STALE;
        }
        job.fail(now);
        state.ended(JobState.FAILED);
        return CompletionOutcome.COMMITTED;
    }

    Postponement.Outcome postpone(Lease lease, boolean asked) {
        ReferenceJob job = state.find(lease.jobId()).orElse(null);
        if (job != null && job.isHeldBy(lease)) {
            if (job.hasGivenUpAt(now)) {
                saw(Seen.GIVEN_UP);
                job.giveUp(now);
                state.ended(JobState.FAILED);
                return Postponement.Outcome.GIVEN_UP;
            }
            saw(Seen.POSTPONED);
            job.postpone(now + job.delay(asked), now);
            return Postponement.Outcome.POSTPONED;
        }
        if (job != null && job.ended(JobState.FAILED, lease)) {
            return Postponement.Outcome.GIVEN_UP;
        }
        if (job != null && job.ended(JobState.QUEUED, lease) && job.isDelayed()) {
            saw(Seen.REPEATED_POSTPONEMENT);
            return Postponement.Outcome.POSTPONED;
        }
        return Postponement.Outcome.STALE;
    }

    void release(Collection<Lease> leases) {
        for (Lease lease : leases) {
            ReferenceJob job = state.find(lease.jobId()).orElse(null);
            if (job != null && job.isHeldBy(lease)) {
                job.release();
            } else {
                saw(Seen.RELEASE_OF_A_LOST_LEASE);
            }
        }
    }

    /** Those that are due again, since their worker does not know of them. */
    Set<Long> disown(String owner, Collection<Long> known) {
        List<ReferenceJob> forgotten = state.which(job -> job.isForgottenBy(owner, now) && !known.contains(job.id()));
        for (ReferenceJob job : forgotten) {
            saw(Seen.DISOWNED);
            job.release();
        }
        return forgotten.stream().map(ReferenceJob::id).collect(Collectors.toSet());
    }

    /** Those that are due again; the others that were lost are poison. */
    Set<Long> expire(Predicate<Long> wanted) {
        List<ReferenceJob> lost = state.which(job -> wanted.test(job.id()) && job.isLost(now));
        if (now - availableSince < Ticks.AVAILABLE) {
            lost.forEach(job -> saw(Seen.SPARED_AFTER_OUTAGE));
            return Set.of();
        }
        Set<Long> due = new TreeSet<>();
        for (ReferenceJob job : lost) {
            saw(job.view().runsAlone() ? Seen.LOST_ALONE : Seen.LOST);
            if (job.lose(now)) {
                saw(Seen.POISON);
                state.ended(JobState.FAILED);
            } else {
                due.add(job.id());
            }
        }
        return due;
    }

    void promote() {
        state.which(job -> job.isDelayed() && job.isDue(now)).forEach(ReferenceJob::promote);
    }

    void prune() {
        if (state.remove(job -> job.isOld(now, state.memories().hasOneOf(job.session())))) {
            saw(Seen.PRUNED);
        }
    }

    void cancel(ReferenceJob job) {
        job.cancel(now);
        state.ended(JobState.CANCELLED);
    }

    /** Whether it is due again: a superseded one is not. */
    boolean retry(ReferenceJob job) {
        if (!job.isCurrent()) {
            saw(Seen.RETRY_OF_A_SUPERSEDED_JOB);
            return false;
        }
        saw(Seen.RETRIED);
        job.retry(now);
        state.retried();
        return true;
    }

    void halt(boolean nowHalted) {
        halted = nowHalted;
    }

    void pass(int ticks) {
        now += ticks;
    }

    void outage() {
        availableSince = now;
    }

    void saw(Seen occurrence) {
        state.saw(occurrence);
    }

    ReferenceState state() {
        return state;
    }
}
