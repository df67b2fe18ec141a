package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Session;

/** What the reference holds: jobs, what is remembered, and what was counted. */
final class ReferenceState {

    private final SortedMap<Long, ReferenceJob> jobs = new TreeMap<>();
    private final ReferenceMemories memories = new ReferenceMemories();
    private final Map<JobState, Long> ended = new EnumMap<>(JobState.class);
    private final Set<Seen> seen = EnumSet.noneOf(Seen.class);
    private long accepted;

    void add(ReferenceJob job) {
        assertThat(jobs).as("a new job").doesNotContainKey(job.id());
        jobs.put(job.id(), job);
        accepted++;
    }

    Optional<ReferenceJob> find(long id) {
        return Optional.ofNullable(jobs.get(id));
    }

    Optional<ReferenceJob> current(Session session) {
        return which(job -> job.session().equals(session) && job.isCurrent()).stream()
                .findFirst();
    }

    /** In the order of their ids. */
    List<ReferenceJob> which(Predicate<ReferenceJob> condition) {
        return jobs.values().stream().filter(condition).toList();
    }

    boolean remove(Predicate<ReferenceJob> condition) {
        return jobs.values().removeIf(condition);
    }

    ReferenceMemories memories() {
        return memories;
    }

    /** Counts a job that has ended. */
    void ended(JobState as) {
        ended.merge(as, 1L, Long::sum);
    }

    /** Takes a failure back. */
    void retried() {
        ended.merge(JobState.FAILED, -1L, Long::sum);
    }

    void saw(Seen occurrence) {
        seen.add(occurrence);
    }

    Set<Seen> seen() {
        return seen;
    }

    /** As the tables ought to be. */
    Snapshot snapshot() {
        return new Snapshot(
                jobs.values().stream().collect(Collectors.toMap(ReferenceJob::id, ReferenceJob::view)),
                jobs.values().stream()
                        .flatMap(job -> job.unsuccessful().stream())
                        .collect(Collectors.toSet()),
                memories.views(),
                counts());
    }

    private CountsView counts() {
        Map<Priority, Long> waiting = new EnumMap<>(Priority.class);
        Priority.ALL.forEach(priority ->
                waiting.put(priority, count(job -> job.waits() && job.priority() == priority)));
        return new CountsView(
                accepted,
                waiting,
                count(ReferenceJob::isDelayed),
                count(job -> job.state() == JobState.RUNNING),
                ended.getOrDefault(JobState.COMPLETED, 0L),
                ended.getOrDefault(JobState.FAILED, 0L),
                ended.getOrDefault(JobState.CANCELLED, 0L),
                0);
    }

    private long count(Predicate<ReferenceJob> condition) {
        return which(condition).size();
    }
}
