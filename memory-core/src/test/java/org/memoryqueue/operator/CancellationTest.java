package org.memoryqueue.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.completion.Completer;
import org.memoryqueue.completion.Completion;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.control.QueueControl;
import org.memoryqueue.job.Stage;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.lease.LostLease;
import org.memoryqueue.lease.Renewal;
import org.memoryqueue.status.ShownState;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class CancellationTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void endsAWaitingOrDelayedJobAndDisturbsNoWorker() {
        long changes = changes();
        long waiting = jobs.accepted(transcript(session(), 4));
        long delayed = jobs.accepted(transcript(session(), 4));
        jobs.delay(delayed, true);

        assertThat(cancel(waiting)).contains(ShownState.WAITING);
        assertThat(cancel(delayed)).contains(ShownState.DELAYED);

        for (long job : List.of(waiting, delayed)) {
            assertThat(jobs.state(job)).isEqualTo("cancelled");
            assertThat(jobs.row(job).getOffsetDateTime("finished_at")).isNotNull();
            assertThat(jobs.claim(job).leased()).isEmpty();
        }
        assertThat(changes()).isEqualTo(changes);
    }

    @Test
    void takesTheLeaseOfARunningJobAndMakesItsWorkerLookUp() {
        long changes = changes();
        Lease lease = jobs.leased(transcript(session(), 4));

        assertThat(cancel(lease.jobId())).contains(ShownState.ACTIVE);

        assertThat(changes()).isEqualTo(changes + 1);
        assertThat(await(stores.bean(Leases.class).renew(List.of(new Renewal(lease, Stage.SUMMARISING)))))
                .containsExactly(new LostLease(lease.jobId(), true));
        assertThat(jobs.complete(lease, summary())).isEqualTo(CompletionOutcome.STALE);
        assertThat(jobs.state(lease.jobId())).isEqualTo("cancelled");
    }

    @Test
    void leavesAJobThatHasEndedAndSaysHow() {
        Lease completed = jobs.completed(transcript(session(), 4), summary());
        Lease failed = jobs.failed(transcript(session(), 4));
        long cancelled = jobs.accepted(transcript(session(), 4));
        cancel(cancelled);
        Map<String, List<String>> before = Records.allElse(stores);
        long records = Records.count(stores);

        assertThat(cancel(completed.jobId())).contains(ShownState.COMPLETED);
        assertThat(cancel(failed.jobId())).contains(ShownState.FAILED);
        assertThat(cancel(cancelled)).contains(ShownState.CANCELLED);
        assertThat(cancel(Long.MAX_VALUE)).isEmpty();

        assertThat(Records.allElse(stores)).isEqualTo(before);
        assertThat(Records.count(stores)).isEqualTo(records + 4);
    }

    @Test
    void ofAJobThatIsBeingRetriedWaitsAndFindsItDue() {
        long job = jobs.failed(transcript(session(), 4)).jobId();
        Uni<Optional<ShownState>> cancellation = stores.bean(Cancellation.class).cancel(job, "operator");

        assertThat(Interrupted.by("""
                        UPDATE memory.memory_job
                           SET state = 'queued', error_code = NULL, failed_reason = NULL, finished_at = NULL
                         WHERE id = $1
                        """, job, cancellation, stores)).contains(ShownState.WAITING);

        assertThat(jobs.state(job)).isEqualTo("cancelled");
    }

    @Test
    void ofAJobThatIsJustFailingWaitsAndLeavesIt() {
        long job = jobs.leased(transcript(session(), 4)).jobId();
        Uni<Optional<ShownState>> cancellation = stores.bean(Cancellation.class).cancel(job, "operator");

        assertThat(Interrupted.by("""
                        UPDATE memory.memory_job
                           SET state = 'failed', error_code = 'poison', failed_reason = 'It was lost', finished_at = now(),
                               lease_owner = NULL, lease_until = NULL
                         WHERE id = $1
                        """, job, cancellation, stores)).contains(ShownState.FAILED);

        assertThat(jobs.row(job).getString("failed_reason")).isEqualTo("It was lost");
    }

    /** Whoever commits first wins, and the other sees that; an effect without its job, or the reverse, never. */
    @Test
    void andACompletionThatCrossAgreeOnOneEnd() {
        Random random = new Random(7);
        String student = student();
        for (int round = 0; round < 20; round++) {
            List<Lease> leases = jobs.leased(Stream.generate(() -> transcript(session(student), 2))
                    .limit(10)
                    .toList());
            List<CompletableFuture<CompletionOutcome>> completions = leases.stream()
                    .map(lease -> stores.bean(Completer.class)
                            .complete(new Completion(lease, summary()))
                            .subscribeAsCompletionStage())
                    .toList();
            List<Optional<ShownState>> found = Stores.awaitAll(leases.stream()
                    .map(lease -> afterQueries(random.nextInt(16))
                            .flatMap(done -> stores.bean(Cancellation.class).cancel(lease.jobId(), "operator")))
                    .toList());

            for (int i = 0; i < leases.size(); i++) {
                boolean completed = completions.get(i).join() == CompletionOutcome.COMMITTED;
                assertThat(found.get(i)).contains(completed ? ShownState.COMPLETED : ShownState.ACTIVE);
                assertThat(jobs.state(leases.get(i).jobId())).isEqualTo(completed ? "completed" : "cancelled");
            }
        }
        assertThat(stores.value("SELECT count(*) FROM memory.student_chat_memories WHERE student_id = $1", student))
                .isEqualTo(stores.value(
                        "SELECT count(*) FROM memory.memory_job WHERE student_id = $1 AND state = 'completed'",
                        student))
                .isEqualTo(stores.value("""
                        SELECT coalesce(sum(total_sessions), 0) FROM memory.student_learning_profiles
                         WHERE student_id = $1
                        """, student));
    }

    /** As late as so many queries take, so that it meets a completion at each of its steps. */
    private static Uni<Boolean> afterQueries(int count) {
        return count == 0
                ? Uni.createFrom().item(true)
                : stores.pool().query("SELECT").execute().flatMap(done -> afterQueries(count - 1));
    }

    @Test
    void ofManyJobsAtOnceCountsEachForTheWorkers() {
        long changes = changes();
        List<Lease> leases = jobs.leased(
                Stream.generate(() -> transcript(session(), 2)).limit(100).toList());
        Stores.awaitAll(leases.stream()
                .map(lease -> stores.bean(Cancellation.class).cancel(lease.jobId(), "operator"))
                .toList());
        assertThat(changes()).isEqualTo(changes + 100);
    }

    @Test
    void ofAWaitingJobDoesNotWaitForWhoeverHoldsTheSwitch() {
        long job = jobs.accepted(transcript(session(), 4));
        SqlConnection other = await(stores.pool().getConnection());
        Transaction transaction = await(other.begin());
        await(other.query("SELECT FROM memory.queue_control FOR UPDATE").execute());

        assertThat(cancel(job)).contains(ShownState.WAITING);

        await(transaction.rollback());
        await(other.close());
    }

    private static Optional<ShownState> cancel(long job) {
        return await(stores.bean(Cancellation.class).cancel(job, "operator"));
    }

    private static long changes() {
        return await(stores.bean(QueueControl.class).read()).changes();
    }
}
