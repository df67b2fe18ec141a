package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The promise that is behind acknowledging after the commit, and only what is finished: as long as Redis loses nothing,
 * the index names every job that waits or runs.
 *
 * <p>With one exception. A job that was moved to another priority has two entries; a worker that meets both keeps one of
 * them, perhaps the one in the stream where the job no longer belongs. A repair removes that one. The job is named again
 * when its lease is lost, or by a later repair, whichever it needs.
 */
final class Coverage {

    private final Streams streams;
    private final Reference reference;
    private final Set<Long> removedByRepair = new TreeSet<>();

    Coverage(Streams streams, Reference reference) {
        this.streams = streams;
        this.reference = reference;
    }

    /** To be called before a repair. */
    void expectRepair() {
        reference.state().which(ReferenceJob::isAtWork).stream()
                .filter(job -> !streams.names(job.priority()).contains(String.valueOf(job.id())))
                .map(ReferenceJob::id)
                .forEach(removedByRepair::add);
    }

    void check(Operation after) {
        Set<String> named = streams.names();
        removedByRepair.removeIf(job -> named.contains(String.valueOf(job)));
        Set<String> wanted = reference.state().which(ReferenceJob::isAtWork).stream()
                .map(ReferenceJob::id)
                .filter(job -> !removedByRepair.contains(job))
                .map(String::valueOf)
                .collect(Collectors.toSet());
        assertThat(named).as("what the index names after %s", after).containsAll(wanted);
    }
}
