package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

/** At most two of each kind of finished jobs are kept here that are older than an hour. */
class RetentionTest {

    private static final Duration YOUNG = Duration.ofMinutes(55);
    private static final Duration OLDER = Duration.ofMinutes(65);
    private static final Duration WITHIN_A_DAY = Duration.ofHours(23);
    private static final Duration BEYOND_A_DAY = Duration.ofHours(25);

    @RegisterExtension
    static final Stores stores = new Stores()
            .with("memory.group-commit.linger", "1ms")
            .with("memory.retention.max-completed", "2")
            .with("memory.retention.max-failed", "2");

    private final Jobs jobs = new Jobs(stores);

    @BeforeEach
    void forgetOtherTests() {
        stores.rows("DELETE FROM memory.memory_job");
    }

    @Test
    void forgetsWhatOperatorsDidAfterTwoYears() {
        stores.rows("DELETE FROM memory.operator_action");
        stores.rows("""
                INSERT INTO memory.operator_action (at, operator, action, changed)
                SELECT now() - age * interval '1 day', 'operator', 'pause ' || age, 1
                  FROM unnest(ARRAY[731, 729, 0]) AS age
                """);

        await(stores.bean(Retention.class).pruneAudit());

        assertThat(stores.rows("SELECT action FROM memory.operator_action ORDER BY id").stream()
                        .map(row -> row.getString(0)))
                .containsExactly("pause 729", "pause 0");
    }

    @Test
    void removesWhatJobsThatAreGoneUsedOfAModelAndDaysLongAgo() {
        long kept = completed();
        stores.rows("DELETE FROM memory.llm_usage_of_job");
        long gone = kept + 1_000_000;
        long justWritten = gone + 1;
        usageOfJob(kept, "1 hour");
        usageOfJob(gone, "1 hour");
        usageOfJob(justWritten, "0");
        UUID today = writer("23 hours");
        writer("25 hours");
        stores.rows("INSERT INTO memory.llm_usage_of_day SELECT current_date - ago, 1, 1, 1, 1"
                + " FROM unnest('{390, 410}'::int[]) AS ago");

        await(stores.bean(Retention.class).pruneUsage());

        assertThat(stores.rows("SELECT job_id FROM memory.llm_usage_of_job"))
                .extracting(row -> row.getLong("job_id"))
                .as("that of a job that is there, and what was only just written")
                .containsExactlyInAnyOrder(kept, justWritten);
        assertThat(stores.value("SELECT array_agg(writer)::text FROM memory.llm_usage_writer"))
                .isEqualTo("{" + today + "}");
        assertThat(stores.value("SELECT count(*) FROM memory.llm_usage_of_day")).isEqualTo(1L);
    }

    private static UUID writer(String ago) {
        UUID writer = UUID.randomUUID();
        stores.rows("INSERT INTO memory.llm_usage_writer VALUES ($1, 1, now() - $2::text::interval)", writer, ago);
        return writer;
    }

    private static void usageOfJob(long id, String ago) {
        stores.rows("INSERT INTO memory.llm_usage_of_job VALUES ($1, 1, 1, 1, 1, now() - $2::text::interval)", id, ago);
    }

    @Test
    void removesFinishedJobsAfterADay() {
        long completed = ended(completed(), BEYOND_A_DAY);
        long cancelled = ended(cancelled(), BEYOND_A_DAY);
        long failed = ended(failedThoughRemembered(), BEYOND_A_DAY);
        long youngerCompleted = ended(completed(), WITHIN_A_DAY);
        long youngerCancelled = ended(cancelled(), WITHIN_A_DAY);
        long youngerFailed = ended(failedThoughRemembered(), WITHIN_A_DAY);

        prune();

        assertThat(kept())
                .contains(youngerCompleted, youngerCancelled, youngerFailed)
                .doesNotContain(completed, cancelled, failed);
    }

    @Test
    void keepsTheNewestOfEachKindOnceTheyAreOlderThanAnHour() {
        long oldest = ended(completed(), OLDER.plusMinutes(2));
        long older = ended(completed(), OLDER.plusMinutes(1));
        long newest = ended(completed(), OLDER);
        long failed = ended(failedThoughRemembered(), OLDER);
        long cancelled = ended(cancelled(), OLDER);

        prune();

        assertThat(kept()).contains(older, newest, failed, cancelled).doesNotContain(oldest);
    }

    @Test
    void keepsAnyNumberThatIsYoungerThanAnHour() {
        long old = ended(completed(), OLDER);
        List<Long> young = List.of(
                ended(completed(), YOUNG),
                ended(completed(), YOUNG.minusMinutes(1)),
                ended(completed(), Duration.ZERO));

        prune();

        assertThat(kept()).containsExactlyInAnyOrderElementsOf(young).doesNotContain(old);
    }

    @Test
    void keepsAFailedJobThatNothingIsRememberedOfForThirtyDaysHoweverManyThereAre() {
        long tooOld = ended(failed(), Duration.ofDays(31));
        List<Long> kept = List.of(
                ended(failed(), Duration.ofDays(29)),
                ended(failed(), BEYOND_A_DAY),
                ended(failed(), BEYOND_A_DAY),
                ended(failed(), OLDER));

        prune();

        assertThat(kept()).containsExactlyInAnyOrderElementsOf(kept).doesNotContain(tooOld);
    }

    @Test
    void leavesWhatHasNotEndedHoweverOldItIs() {
        long queued = jobs.accepted(transcript(session(), 4));
        long running = jobs.leased(transcript(session(), 4)).jobId();
        stores.rows("UPDATE memory.memory_job SET run_at = now() - interval '90 days', created_at = run_at");

        prune();

        assertThat(kept()).containsExactlyInAnyOrder(queued, running);
    }

    @Test
    void leavesTheMemoryByWhichADuplicateIsKnown() {
        Session session = session();
        long job = ended(jobs.completed(transcript(session, 4), summary()).jobId(), BEYOND_A_DAY);

        prune();

        assertThat(kept()).isEmpty();
        assertThat(await(stores.bean(Enqueuer.class).enqueue(submission(transcript(session, 4)))))
                .isInstanceOf(Acceptance.Remembered.class)
                .extracting(Acceptance::jobId)
                .isEqualTo(job);
    }

    @Test
    void removesMoreThanFitIntoOneStatement() {
        stores.rows("""
                INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, revision, messages,
                       fingerprint, message_count, student_message_count, priority, state, finished_at)
                SELECT 'student-' || gen_random_uuid(), 'tutor', 'room', now(), 1, '[]', decode(repeat('00', 16), 'hex'),
                       1, 1, 'low', 'cancelled', now() - interval '2 days'
                  FROM generate_series(1, 2500)
                """);

        prune();

        assertThat(kept()).isEmpty();
    }

    @Test
    void doesNotWaitForAJobThatSomebodyHolds() {
        long held = ended(cancelled(), BEYOND_A_DAY);
        long free = ended(cancelled(), BEYOND_A_DAY);
        SqlConnection connection = await(stores.pool().getConnection());
        try {
            Transaction transaction = await(connection.begin());
            await(connection
                    .preparedQuery("SELECT FROM memory.memory_job WHERE id = $1 FOR UPDATE")
                    .execute(Tuple.of(held)));

            prune();

            assertThat(kept()).containsExactly(held).doesNotContain(free);
            await(transaction.rollback());
        } finally {
            await(connection.close());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory.retention.max-completed", "memory.retention.max-failed"})
    void refusesANegativeLimit(String property) {
        Stores wrong = new Stores().with(property, "-1");
        wrong.start();
        try {
            assertThatThrownBy(() -> wrong.bean(Retention.class))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .rootCause()
                    .hasMessageContaining("must not be negative");
        } finally {
            wrong.stop();
        }
    }

    private static void prune() {
        await(stores.bean(Retention.class).prune());
        await(stores.bean(Retention.class).pruneFailed());
    }

    private static List<Long> kept() {
        return stores.rows("SELECT id FROM memory.memory_job").stream()
                .map(row -> row.getLong("id"))
                .toList();
    }

    private long completed() {
        return jobs.completed(transcript(session(), 4), summary()).jobId();
    }

    private long cancelled() {
        long job = jobs.accepted(transcript(session(), 4));
        jobs.cancel(job);
        return job;
    }

    private long failed() {
        return jobs.failed(transcript(session(), 4)).jobId();
    }

    /** What failed is a longer version of what is remembered; the job of that is out of the way. */
    private long failedThoughRemembered() {
        Session session = session();
        long remembered = jobs.completed(transcript(session, 2), summary()).jobId();
        long failed = jobs.failed(transcript(session, 4)).jobId();
        jobs.delete(remembered);
        return failed;
    }

    private static long ended(long job, Duration ago) {
        stores.rows(
                "UPDATE memory.memory_job SET finished_at = now() - $2 * interval '1 millisecond' WHERE id = $1",
                job,
                ago.toMillis());
        return job;
    }
}
