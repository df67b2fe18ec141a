package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class JobListTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);
    private final String student = student();

    @Test
    void showsTheNewestFirstPageByPageWhileOthersCome() {
        List<Long> accepted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            accepted.addFirst(jobs.accepted(transcript(session(student), 4)));
        }

        List<Long> listed = new ArrayList<>();
        Optional<Long> next = Optional.empty();
        do {
            Page<ListedJob> page = find(ofStudent(null), next.orElse(null), 3);
            page.items().forEach(job -> listed.add(job.id()));
            next = page.next();
            jobs.accepted(transcript(session(student), 4));
        } while (next.isPresent());

        assertThat(listed).isEqualTo(accepted);
    }

    @Test
    void hasNoNextPageAfterAPageThatIsJustFull() {
        jobs.accepted(transcript(session(student), 4));
        jobs.accepted(transcript(session(student), 4));
        assertThat(find(ofStudent(null), null, 2).items()).hasSize(2);
        assertThat(find(ofStudent(null), null, 2).next()).isEmpty();
    }

    @Test
    void findsJobsByTheStateInWhichTheyAreShown() {
        long waiting = jobs.accepted(transcript(session(student), 4));
        long delayed = jobs.accepted(transcript(session(student), 4));
        jobs.delay(delayed, true);
        long come = jobs.accepted(transcript(session(student), 4));
        jobs.delay(come, false);
        long active = jobs.leased(transcript(session(student), 4)).jobId();
        long completed =
                jobs.completed(transcript(session(student), 4), summary()).jobId();
        long failed = jobs.failed(transcript(session(student), 4)).jobId();
        long cancelled = jobs.accepted(transcript(session(student), 4));
        jobs.cancel(cancelled);

        Map<ShownState, List<Long>> unpaused = Map.of(
                ShownState.WAITING, List.of(come, waiting),
                ShownState.PAUSED, List.of(),
                ShownState.DELAYED, List.of(delayed),
                ShownState.ACTIVE, List.of(active),
                ShownState.COMPLETED, List.of(completed),
                ShownState.FAILED, List.of(failed),
                ShownState.CANCELLED, List.of(cancelled));
        unpaused.forEach((state, expected) -> assertThat(found(state)).isEqualTo(expected));

        await(stores.bean(QueueSwitch.class).turn(QueueMode.PAUSED, "operator"));
        assertThat(found(ShownState.WAITING)).isEmpty();
        assertThat(found(ShownState.PAUSED)).containsExactly(come, waiting);
        assertThat(found(ShownState.DELAYED)).containsExactly(delayed);
        await(stores.bean(QueueSwitch.class).turn(QueueMode.RUNNING, "operator"));
    }

    /** What is found by a state is also shown in it. */
    private List<Long> found(ShownState state) {
        List<ListedJob> found = find(ofStudent(state), null, 100).items();
        assertThat(found).allMatch(job -> job.state() == state);
        return found.stream().map(ListedJob::id).toList();
    }

    @Test
    void findsJobsByEachPartOfAFilter() {
        long high = jobs.accepted(
                transcript(new Session(student, "tutor", "room-a", session().start()), 4));
        long low = await(stores.bean(Enqueuer.class).enqueue(submission(transcript(session(student), 4), Priority.LOW)))
                .jobId();
        long failed = jobs.failed(transcript(session(student), 4)).jobId();
        stores.rows("UPDATE memory.memory_job SET priority = 'high' WHERE id = $1", high);
        stores.rows("UPDATE memory.memory_job SET created_at = now() - interval '2 days' WHERE id = $1", low);
        OffsetDateTime created = jobs.row(low).getOffsetDateTime("created_at");

        assertThat(ids(new JobFilter(null, Priority.HIGH, student, null, null, null, null)))
                .containsExactly(high);
        assertThat(ids(new JobFilter(null, null, null, "room-a", null, null, null)))
                .containsExactly(high);
        assertThat(ids(new JobFilter(null, null, student, null, created.plusHours(1), null, null)))
                .containsExactly(failed, high);
        assertThat(ids(new JobFilter(null, null, student, null, created, created.plusNanos(1000), null)))
                .containsExactly(low);
        assertThat(ids(new JobFilter(null, null, student, null, null, created, null)))
                .isEmpty();
        assertThat(ids(new JobFilter(null, null, student, null, null, null, ErrorCode.SUMMARISER_ERROR)))
                .containsExactly(failed);
        assertThat(ids(new JobFilter(null, null, null, null, null, null, null))).contains(high, low, failed);
    }

    private List<Long> ids(JobFilter filter) {
        return find(filter, null, 100).items().stream().map(ListedJob::id).toList();
    }

    private JobFilter ofStudent(@Nullable ShownState state) {
        return new JobFilter(state, null, student, null, null, null, null);
    }

    private static Page<ListedJob> find(JobFilter filter, @Nullable Long after, int limit) {
        return await(stores.bean(JobList.class).find(filter, after, limit));
    }
}
