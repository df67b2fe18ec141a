package org.memoryqueue.completion;

/** What became of a completion. */
public enum CompletionOutcome {
    /** The job is completed: its effects are stored, or a newer revision had stored its own before. */
    COMMITTED,
    /** The lease was lost: nothing was changed, and the work is to be dropped. */
    STALE
}
