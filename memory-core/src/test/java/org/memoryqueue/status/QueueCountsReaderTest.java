package org.memoryqueue.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class QueueCountsReaderTest {

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);
    private QueueCounts before = read();

    /** What is read is the whole queue's, so every test starts from none. */
    @BeforeEach
    void removeAllJobs() {
        stores.rows("DELETE FROM memory.memory_job");
        before = read();
    }

    @Test
    void readsNothingFromAnEmptyQueue() {
        assertThat(before.waitingTotal()).isZero();
        assertThat(before.delayed()).isZero();
        assertThat(before.active()).isZero();
        assertThat(before.oldestWaiting())
                .isEqualTo(Map.of(
                        Priority.HIGH, Duration.ZERO, Priority.NORMAL, Duration.ZERO, Priority.LOW, Duration.ZERO));
    }

    @Test
    void readsEachJobWhereItStands() {
        accepted(Priority.HIGH);
        accepted(Priority.LOW);
        accepted(Priority.LOW);
        jobs.leased(transcript(session(), 4));
        jobs.delay(accepted(Priority.NORMAL), true);
        jobs.completed(transcript(session(), 4), summary());
        jobs.failed(transcript(session(), 4));

        QueueCounts counts = read();

        assertThat(counts.waiting()).isEqualTo(Map.of(Priority.HIGH, 1L, Priority.NORMAL, 0L, Priority.LOW, 2L));
        assertThat(counts.waitingTotal()).isEqualTo(3);
        assertThat(counts.active()).isEqualTo(1);
        assertThat(counts.delayed()).isEqualTo(1);
        assertThat(counts.completed()).isEqualTo(before.completed() + 1);
        assertThat(counts.failed()).isEqualTo(before.failed() + 1);
        assertThat(counts.accepted()).isEqualTo(before.accepted() + 7);
    }

    @Test
    void keepsLifetimeNumbersWhenJobsArePrunedAndTakesRetriedOnesBack() {
        jobs.delete(jobs.completed(transcript(session(), 4), summary()).jobId());
        jobs.retry(jobs.failed(transcript(session(), 4)).jobId());
        assertThat(read().completed()).isEqualTo(before.completed() + 1);
        assertThat(read().failed()).isEqualTo(before.failed());
        assertThat(read().waitingTotal()).isEqualTo(1);
    }

    @Test
    void readsHowLongTheOldestOfAPriorityHasWaited() {
        age(accepted(Priority.HIGH), "90 seconds");
        age(accepted(Priority.HIGH), "30 seconds");
        age(accepted(Priority.LOW), "1 hour");

        Map<Priority, Duration> oldest = read().oldestWaiting();

        assertThat(oldest.get(Priority.HIGH)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(110));
        assertThat(oldest.get(Priority.NORMAL)).isZero();
        assertThat(oldest.get(Priority.LOW))
                .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(20));
    }

    @Test
    void countsAsWaitingOnlyFromWhenAJobWasDue() {
        long job = accepted(Priority.NORMAL);
        age(job, "1 hour");
        stores.rows("UPDATE memory.memory_job SET run_at = now() - interval '10 seconds' WHERE id = $1", job);
        assertThat(read().oldestWaiting().get(Priority.NORMAL))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(30));
    }

    @Test
    void leavesOutWhatIsDelayedOrRunning() {
        long delayed = accepted(Priority.NORMAL);
        long running = accepted(Priority.NORMAL);
        age(delayed, "1 hour");
        age(running, "1 hour");
        jobs.delay(delayed, true);
        jobs.leased(running);
        assertThat(read().oldestWaiting().get(Priority.NORMAL)).isZero();
    }

    private static long accepted(Priority priority) {
        return await(stores.bean(Enqueuer.class).enqueue(submission(transcript(session(), 4), priority)))
                .jobId();
    }

    private static void age(long job, String time) {
        stores.rows("""
                UPDATE memory.memory_job SET created_at = now() - $2::text::interval, run_at = now() - $2::text::interval
                 WHERE id = $1
                """, job, time);
    }

    private static QueueCounts read() {
        return await(stores.bean(QueueCountsReader.class).read());
    }
}
