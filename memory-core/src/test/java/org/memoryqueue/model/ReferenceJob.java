package org.memoryqueue.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.transcript.Session;

/** A job of the reference. Its guards are asked before its transitions are made; times are ticks. */
final class ReferenceJob {

    private static final int SUSPECT_AFTER = 2;
    private static final int POISON_AFTER_ALONE = 2;
    private static final int ATTEMPTS_KEPT = 16;

    private final long id;
    private Submission submission;
    private int handIn;
    private JobState state = JobState.QUEUED;
    private boolean superseded;
    private boolean delayed;
    private int dueAt;
    private long token;
    private @Nullable String owner;
    private int leasedAt;
    private int renewedAt;
    private boolean alone;
    private int attempts;
    private int lostLeases;
    private int lostAlone;
    private int outages;
    private int outageSince;
    private @Nullable String errorCode;
    private int finishedAt;
    private final Map<Integer, AttemptView> unsuccessful = new HashMap<>();

    ReferenceJob(long id, Submission submission, int handIn) {
        this.id = id;
        this.submission = submission;
        this.handIn = handIn;
    }

    long id() {
        return id;
    }

    Session session() {
        return submission.session();
    }

    Submission submission() {
        return submission;
    }

    /** Which hand-in, counted over all sessions, its transcript came with. */
    int handIn() {
        return handIn;
    }

    JobState state() {
        return state;
    }

    Priority priority() {
        return submission.priority();
    }

    long token() {
        return token;
    }

    boolean isCurrent() {
        return !superseded;
    }

    boolean isDelayed() {
        return delayed;
    }

    boolean isDue(int now) {
        return dueAt <= now;
    }

    boolean isSuspect() {
        return lostLeases >= SUSPECT_AFTER;
    }

    boolean waits() {
        return state == JobState.QUEUED && !delayed;
    }

    boolean isAtWork() {
        return waits() || state == JobState.RUNNING;
    }

    boolean isHeldBy(Lease lease) {
        return state == JobState.RUNNING && token == lease.token();
    }

    boolean ended(JobState as, Lease under) {
        return state == as && token == under.token();
    }

    boolean isForgottenBy(String worker, int now) {
        return state == JobState.RUNNING && worker.equals(owner) && now - leasedAt >= Ticks.DISOWNED;
    }

    boolean isLost(int now) {
        return state == JobState.RUNNING && now - renewedAt >= Ticks.LEASE;
    }

    boolean hasGivenUpAt(int now) {
        return outages > 0 && now - outageSince >= Ticks.GIVE_UP;
    }

    boolean isOld(int now, boolean remembered) {
        return state.isTerminal()
                && now - finishedAt >= (state == JobState.FAILED && !remembered ? Ticks.UNREMEMBERED : Ticks.FINISHED);
    }

    void takeOver(Submission newer, int newHandIn) {
        submission = newer;
        handIn = newHandIn;
    }

    void supersede() {
        superseded = true;
    }

    void lease(String worker, boolean runsAlone, int now) {
        state = JobState.RUNNING;
        delayed = false;
        owner = worker;
        alone = runsAlone;
        leasedAt = now;
        renewedAt = now;
        token++;
        attempts++;
    }

    void renew(int now) {
        renewedAt = now;
    }

    void release() {
        leave(JobState.QUEUED, "released", null);
        attempts--;
    }

    void postpone(int until, int now) {
        outageSince = outages == 0 ? now : outageSince;
        outages++;
        leave(JobState.QUEUED, "postponed", ErrorCode.SUMMARISER_UNAVAILABLE.word());
        attempts--;
        delayed = true;
        dueAt = until;
    }

    /** The first delay is shorter than those that follow. */
    int delay(boolean asked) {
        return asked ? Ticks.ASKED_DELAY : outages == 0 ? Ticks.FIRST_DELAY : Ticks.LATER_DELAYS;
    }

    void giveUp(int now) {
        outages++;
        fail(ErrorCode.SUMMARISER_UNAVAILABLE, "failed", now);
    }

    /** Whether it turns out to be poison. */
    boolean lose(int now) {
        lostLeases++;
        if (alone) {
            lostAlone++;
            if (lostAlone >= POISON_AFTER_ALONE) {
                fail(ErrorCode.POISON, "lost", now);
                return true;
            }
        }
        leave(JobState.QUEUED, "lost", null);
        return false;
    }

    void promote() {
        delayed = false;
    }

    void complete(int now) {
        if (attempts > 1 || token > 1) {
            leave(JobState.COMPLETED, "completed", null);
        }
        end(JobState.COMPLETED, now);
    }

    void fail(int now) {
        fail(ErrorCode.SUMMARISER_ERROR, "failed", now);
    }

    private void fail(ErrorCode code, String outcome, int now) {
        errorCode = code.word();
        leave(JobState.FAILED, outcome, errorCode);
        end(JobState.FAILED, now);
    }

    void cancel(int now) {
        if (state == JobState.RUNNING) {
            leave(JobState.CANCELLED, "cancelled", null);
        }
        end(JobState.CANCELLED, now);
    }

    void retry(int now) {
        state = JobState.QUEUED;
        errorCode = null;
        attempts = 0;
        lostLeases = 0;
        lostAlone = 0;
        outages = 0;
        dueAt = now;
    }

    private void leave(JobState next, String outcome, @Nullable String code) {
        int slot = (int) (token % ATTEMPTS_KEPT);
        unsuccessful.put(slot, new AttemptView(id, slot, token, outcome, code));
        state = next;
        owner = null;
        alone = false;
    }

    private void end(JobState as, int now) {
        state = as;
        owner = null;
        delayed = false;
        finishedAt = now;
    }

    Collection<AttemptView> unsuccessful() {
        return unsuccessful.values();
    }

    JobView view() {
        return new JobView(
                state,
                superseded,
                priority(),
                submission.transcript().messageCount(),
                delayed,
                token,
                owner,
                state == JobState.RUNNING && alone,
                attempts,
                lostLeases,
                lostAlone,
                outages,
                errorCode);
    }
}
