package org.memoryqueue.maintenance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What one pass has changed in the index. It is counted at once, since a pass may fail after a part of its work. */
final class RepairCount {

    private final Counter allAdded;
    private final Counter allRemoved;
    private long added;
    private long removed;

    RepairCount(MeterRegistry registry) {
        allAdded = registry.counter("memory.index.repaired", "kind", "added");
        allRemoved = registry.counter("memory.index.repaired", "kind", "removed");
    }

    void added(int jobs) {
        added += jobs;
        allAdded.increment(jobs);
    }

    void removed(int entries) {
        removed += entries;
        allRemoved.increment(entries);
    }

    /** Jobs. */
    long added() {
        return added;
    }

    /** Entries. */
    long removed() {
        return removed;
    }
}
