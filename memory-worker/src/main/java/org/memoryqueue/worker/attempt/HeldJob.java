package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.subscription.Cancellable;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Lease;

/** A job that this worker holds, with its entry in the index and the work under way. */
final class HeldJob {

    private final Lease lease;
    private final StreamEntry entry;
    private @Nullable Cancellable work;
    private boolean cancelled;

    HeldJob(Lease lease, StreamEntry entry) {
        this.lease = lease;
        this.entry = entry;
    }

    Lease lease() {
        return lease;
    }

    StreamEntry entry() {
        return entry;
    }

    /** Names the work, so that it can be cancelled; if it was already, the work is cancelled at once. */
    synchronized void working(Cancellable started) {
        work = started;
        if (cancelled) {
            started.cancel();
        }
    }

    /** Stops the work; nothing of it will be stored, unless it is being stored at this moment. */
    synchronized void cancel() {
        cancelled = true;
        if (work != null) {
            work.cancel();
        }
    }
}
