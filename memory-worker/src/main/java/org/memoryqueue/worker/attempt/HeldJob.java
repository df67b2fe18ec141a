package org.memoryqueue.worker.attempt;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.CompletableFuture;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Lease;

/** A job that this worker holds, with its entry in the index and the means to call its work off. */
final class HeldJob {

    private final Lease lease;
    private final StreamEntry entry;
    private final CompletableFuture<Void> calledOff = new CompletableFuture<>();

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

    /** Ends the work at once; nothing of it will be stored, unless it is being stored at this moment. */
    void callOff() {
        calledOff.complete(null);
    }

    /** Completes when the work is called off. */
    Uni<Void> whenCalledOff() {
        return Uni.createFrom().completionStage(() -> calledOff.copy());
    }
}
