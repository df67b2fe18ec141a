package org.memoryqueue.worker.dispatch;

import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.dispatch.StreamEntry;

/** The one suspect that this worker will run alone, once everything else that it holds is done. */
@Singleton
final class Quarantine {

    /**
     * A job that lost its leases too often.
     *
     * @param entry its entry in the index, null where it was found in Postgres
     */
    record Suspect(long jobId, @Nullable StreamEntry entry) {}

    private @Nullable Suspect next;

    /** Whether there is room: only one suspect waits at a time. */
    boolean isEmpty() {
        return next == null;
    }

    void add(Suspect suspect) {
        next = suspect;
    }

    /** The suspect that waits, if any. */
    @Nullable
    Suspect peek() {
        return next;
    }

    /** Forgets the suspect that waits. */
    void clear() {
        next = null;
    }
}
