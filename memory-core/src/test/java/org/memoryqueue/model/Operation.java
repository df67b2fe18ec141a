package org.memoryqueue.model;

import org.memoryqueue.job.Priority;

/**
 * One step of a run. A number picks one of what there is to choose from, counted round; where there is nothing to choose
 * from, the step does nothing. So a run is still a run when steps are left out of it.
 */
sealed interface Operation {

    /**
     * A session is handed in.
     *
     * @param other whether what was said differs from the first word on, so that no version is a prefix of another
     * @param times how often at once
     * @param heard whether the index hears of it: else the API dies between its commit and its message
     */
    record HandIn(int session, boolean other, int messages, Priority priority, int times, boolean heard)
            implements Operation {}

    /** A worker takes what is new in the index. */
    record Take(int worker) implements Operation {}

    /** A worker takes what others have left behind in the index. */
    record TakeOver(int worker) implements Operation {}

    /** A worker takes what is due from Postgres, as it does without Redis. */
    record TakeWithoutIndex(int worker, int high, int normal, int low) implements Operation {}

    /** A worker takes what is new in the index, and never learns that it was leased: the answer to its claim is lost. */
    record TakeUnheard(int worker) implements Operation {}

    /** A worker that holds nothing takes a suspect. */
    record TakeSuspect(int worker) implements Operation {}

    /** A worker hands back what it does not know that it was leased, and renews all that it holds. */
    record Renew(int worker) implements Operation {}

    /** A worker completes a job that it holds: as often as it takes, when replies are lost. */
    record Complete(int held, int times) implements Operation {}

    /** A worker completes all that it holds, in one go. */
    record CompleteAll(int worker) implements Operation {}

    /** A worker dies after the first of the two steps in which it finishes a job. */
    record DieFinishing(int held) implements Operation {}

    /** A worker fails a job. */
    record Fail(int held, int times) implements Operation {}

    /** A worker postpones a job, for as long as a server asked for, or else for the usual time. */
    record Postpone(int held, boolean asked, int times) implements Operation {}

    /** A worker hands a job back. */
    record Release(int held) implements Operation {}

    /** A worker hands everything back, and is started anew. */
    record Restart(int worker) implements Operation {}

    /** A worker forgets all that it holds, and is started anew. */
    record Die(int worker) implements Operation {}

    /** An operator calls a job off. */
    record Cancel(int job) implements Operation {}

    /** An operator puts a failed job back. */
    record Retry(int job) implements Operation {}

    /** Time passes, in both stores. Whoever does not renew meanwhile looks frozen. */
    record Pass(int ticks) implements Operation {}

    /** Redis forgets an entry. */
    record LoseEntry(int entry) implements Operation {}

    /** Redis has a job twice, the second time perhaps in a stream where it does not belong. */
    record RepeatEntry(int job, Priority stream) implements Operation {}

    /** Redis has an entry that names no job. */
    record StrayEntry(String value, Priority stream) implements Operation {}

    /** What needs no choice. */
    enum Plain implements Operation {
        PAUSE,
        DRAIN,
        RESUME,
        RECLAIM_LOST_LEASES,
        PROMOTE,
        REPAIR_INDEX,
        PRUNE,
        /** Redis forgets everything. */
        FLUSH,
        /** Postgres was away, and nobody could renew. */
        OUTAGE
    }
}
