package org.memoryqueue.usage;

import java.util.Map;

/**
 * What a writer adds to the ledger at once, and may add again until it knows that it is there.
 *
 * @param writer who writes: negative, and nobody else's
 * @param number of the batch, from 1; the writer has one recorded only when the one before is
 * @param byJob what was used, at least one, by the id of the job
 */
public record Batch(long writer, long number, Map<Long, Usage> byJob) {

    public Batch {
        if (writer >= 0 || number < 1 || byJob.isEmpty()) {
            throw new IllegalArgumentException("A batch has a negative writer, a positive number, and something in it");
        }
        byJob = Map.copyOf(byJob);
    }

    /** All of it together. */
    public Usage sum() {
        return byJob.values().stream().reduce(Usage.NONE, Usage::plus);
    }
}
