package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.memoryqueue.job.JobState;
import org.memoryqueue.testing.Stores;

/** All that Postgres holds of the queue at one moment between two steps. */
record Snapshot(Map<Long, JobView> jobs, Set<AttemptView> attempts, Set<MemoryView> memories, CountsView counts) {

    private static final Map<JobState, Set<JobState>> NEXT = new EnumMap<>(Map.of(
            JobState.QUEUED, EnumSet.of(JobState.QUEUED, JobState.RUNNING, JobState.FAILED, JobState.CANCELLED),
            JobState.RUNNING, EnumSet.allOf(JobState.class),
            JobState.COMPLETED, EnumSet.of(JobState.COMPLETED),
            JobState.FAILED, EnumSet.of(JobState.FAILED, JobState.QUEUED),
            JobState.CANCELLED, EnumSet.of(JobState.CANCELLED)));

    static Snapshot of(Stores stores) {
        List<RowSet<Row>> rows = awaitAll(Stream.of(JobView.SQL, AttemptView.SQL, MemoryView.SQL, CountsView.SQL)
                .map(sql -> stores.pool().preparedQuery(sql).execute())
                .toList());
        return new Snapshot(
                stream(rows.get(0)).collect(Collectors.toMap(row -> row.getLong("id"), JobView::of)),
                set(rows.get(1), AttemptView::of),
                set(rows.get(2), MemoryView::of),
                CountsView.of(rows.get(3).iterator().next()));
    }

    /** What holds whatever the reference says. */
    void follows(Snapshot before) {
        assertThat(counts.accepted())
                .as("every accepted job is counted somewhere")
                .isEqualTo(counts.waiting().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        + counts.delayed()
                        + counts.running()
                        + counts.completed()
                        + counts.failed()
                        + counts.cancelled()
                        + counts.erased());
        assertThat(memories)
                .extracting(MemoryView::session)
                .as("one memory for a session")
                .doesNotHaveDuplicates();
        before.jobs.forEach((id, earlier) -> {
            JobView later = jobs.get(id);
            if (later == null) {
                assertThat(earlier.state()).as("job %d is gone", id).matches(JobState::isTerminal);
            } else {
                assertThat(later.token()).as("the token of job %d", id).isGreaterThanOrEqualTo(earlier.token());
                assertThat(later.state())
                        .as("what follows %s in job %d", earlier, id)
                        .isIn(NEXT.get(earlier.state()));
            }
        });
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static <T> Set<T> set(RowSet<Row> rows, Function<Row, T> view) {
        return stream(rows).map(view).collect(Collectors.toSet());
    }
}
