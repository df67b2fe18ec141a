package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.IndexUnavailableException;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class DelayedJobsTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);

    @BeforeEach
    void forgetOtherTests() {
        stores.rows("DELETE FROM memory.memory_job");
        stores.redis(Command.FLUSHALL);
    }

    @Test
    void makesThoseDueWhoseTimeHasComeAndTellsTheIndex() {
        long high = delayed(Priority.HIGH, false);
        long low = delayed(Priority.LOW, false);
        long later = delayed(Priority.HIGH, true);

        promote();

        assertThat(isDelayed(high)).isFalse();
        assertThat(isDelayed(low)).isFalse();
        assertThat(isDelayed(later)).isTrue();
        assertThat(entered(Priority.HIGH)).containsExactly(high);
        assertThat(entered(Priority.NORMAL)).isEmpty();
        assertThat(entered(Priority.LOW)).containsExactly(low);
    }

    @Test
    void doesSoOnce() {
        long job = delayed(Priority.NORMAL, false);

        promote();
        promote();

        assertThat(entered(Priority.NORMAL)).containsExactly(job);
    }

    @Test
    void leavesAJobThatSomebodyHoldsToTheNextRound() {
        long held = delayed(Priority.NORMAL, false);
        long free = delayed(Priority.NORMAL, false);
        SqlConnection connection = await(stores.pool().getConnection());
        try {
            Transaction transaction = await(connection.begin());
            await(connection
                    .preparedQuery("SELECT FROM memory.memory_job WHERE id = $1 FOR UPDATE")
                    .execute(Tuple.of(held)));
            promote();
            assertThat(entered(Priority.NORMAL)).containsExactly(free);
            await(transaction.rollback());
        } finally {
            await(connection.close());
        }

        promote();

        assertThat(entered(Priority.NORMAL)).containsExactly(free, held);
    }

    @Test
    void makesThemDueAlsoWhileTheIndexIsAway() {
        long job = delayed(Priority.NORMAL, false);
        DelayedJobs withoutIndex = withoutIndex().get(DelayedJobs.class);

        assertThatThrownBy(() -> await(withoutIndex.promote())).isInstanceOf(IndexUnavailableException.class);

        assertThat(isDelayed(job)).isFalse();
        assertThat(jobs.claim(job).leased()).hasSize(1);
    }

    /** Where Redis should be, nobody listens. */
    private static Beans withoutIndex() {
        return stores.beansWith(
                Clients.of(Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", "1")).redis());
    }

    private static void promote() {
        await(stores.bean(DelayedJobs.class).promote());
    }

    /** An hour from now, or an hour ago; the index knows nothing of it. */
    private long delayed(Priority priority, boolean future) {
        long job = await(withoutIndex().get(Enqueuer.class).enqueue(submission(transcript(session(), 4), priority)))
                .jobId();
        jobs.delay(job, future);
        return job;
    }

    private boolean isDelayed(long job) {
        return jobs.row(job).getBoolean("delayed");
    }

    private static List<Long> entered(Priority stream) {
        List<Long> ids = new ArrayList<>();
        for (Response entry : stores.redis(Command.XRANGE, StreamKeys.stream(stream), "-", "+")) {
            ids.add(Long.parseLong(entry.get(1).get(1).toString()));
        }
        return ids;
    }
}
