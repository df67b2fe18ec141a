package org.memoryqueue.model;

import java.util.Optional;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.testing.Conversations;

/**
 * A job in the hands of a worker.
 *
 * @param entry its entry in the index, empty when it was taken from Postgres
 * @param alone whether the worker may hold no other beside it
 */
record Attempt(Lease lease, Optional<StreamEntry> entry, boolean alone) {

    /** What the worker brings: it says which attempt it is of, so that it shows whose work was stored. */
    Completion completion() {
        Summary summary = Conversations.summary(words(), new Observation("fraction", (int) lease.token(), 0, 1));
        return new Completion(lease, summary);
    }

    /** What is to be remembered, should it count. */
    MemoryView memory() {
        return new MemoryView(
                lease.transcript().session(),
                lease.jobId(),
                lease.transcript().messageCount(),
                words(),
                "fraction " + lease.token() + " 0 1");
    }

    private String words() {
        return "Job " + lease.jobId() + " under token " + lease.token();
    }
}
