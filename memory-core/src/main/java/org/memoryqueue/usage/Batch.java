package org.memoryqueue.usage;

import java.util.Map;
import java.util.UUID;

/**
 * What a writer adds to the ledger at once, and may add again until it knows that it is there.
 *
 * @param writer who writes
 * @param number of the batch, from 1; the writer has one recorded only when the one before is
 * @param byJob what was used, at least one, by the id of the job
 */
public record Batch(UUID writer, long number, Map<Long, Usage> byJob) {

    public Batch {
        if (number < 1 || byJob.isEmpty()) {
            throw new IllegalArgumentException("A batch has a positive number, and something in it");
        }
        byJob = Map.copyOf(byJob);
    }

    /** All of it together. */
    public Usage sum() {
        return byJob.values().stream().reduce(Usage.NONE, Usage::plus);
    }
}
