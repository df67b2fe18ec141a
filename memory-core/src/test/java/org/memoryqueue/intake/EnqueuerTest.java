package org.memoryqueue.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Conversations.transcriptAbout;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class EnqueuerTest {

    /** It lingers long enough for requests that are made at once to share a batch for certain. */
    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "20ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void makesANewSessionAWaitingJobAndTellsTheIndex() {
        Acceptance acceptance = enqueue(submission(transcript(session(), 4), Priority.HIGH));

        assertThat(acceptance).isInstanceOf(Acceptance.Queued.class);
        assertThat(jobs.row(acceptance.jobId()).getString("state")).isEqualTo("queued");
        assertThat(jobs.row(acceptance.jobId()).getInteger("revision")).isEqualTo(1);
        await().until(() -> indexed(Priority.HIGH).contains(acceptance.jobId()));
    }

    @Test
    void makesOneJobOfTwoHundredIdenticalHandInsAtOnce() {
        Session session = session();
        List<Acceptance> answers = awaitAll(IntStream.range(0, 200)
                .mapToObj(i -> enqueuer().enqueue(submission(transcript(session, 4))))
                .toList());

        assertThat(answers.stream().filter(Acceptance.Queued.class::isInstance)).hasSize(1);
        assertThat(answers.stream().filter(Acceptance.UnderWay.class::isInstance))
                .hasSize(199);
        assertThat(answers.stream().map(Acceptance::jobId).distinct()).hasSize(1);
        assertThat(stores.value("SELECT count(*) FROM memory.memory_job WHERE student_id = $1", session.studentId()))
                .isEqualTo(1L);
    }

    @Test
    void callsOnlyOneOfTwoQueuedWhenTheVerySameObjectIsHandedInTwice() {
        Submission submission = submission(transcript(session(), 4));
        assertThat(awaitAll(List.of(enqueuer().enqueue(submission), enqueuer().enqueue(submission))))
                .hasAtLeastOneElementOfType(Acceptance.Queued.class)
                .hasAtLeastOneElementOfType(Acceptance.UnderWay.class);
    }

    @Test
    void knowsAPrefixOfAWaitingSession() {
        Session session = session();
        long job = jobs.accepted(transcript(session, 6));
        assertThat(enqueue(submission(transcript(session, 2)))).isEqualTo(new Acceptance.UnderWay(job));
        assertThat(jobs.row(job).getInteger("message_count")).isEqualTo(6);
    }

    @Test
    void letsAWaitingJobTakeALongerTranscriptOverAndMovesItToItsPriority() {
        Session session = session();
        long job = enqueue(submission(transcript(session, 4), Priority.LOW)).jobId();

        Acceptance acceptance = enqueue(submission(transcript(session, 30), Priority.HIGH));

        assertThat(acceptance).isEqualTo(new Acceptance.Queued(job));
        assertThat(jobs.row(job).getInteger("revision")).isEqualTo(2);
        assertThat(jobs.row(job).getString("priority")).isEqualTo("high");
        assertThat(jobs.leased(job).transcript()).isEqualTo(transcript(session, 30));
        await().until(() -> indexed(Priority.HIGH).contains(job));
    }

    @Test
    void makesANewJobForALongerTranscriptOfARunningOne() {
        Session session = session();
        Lease running = jobs.leased(transcript(session, 4));

        Acceptance acceptance = enqueue(submission(transcript(session, 6)));

        assertThat(acceptance).isInstanceOf(Acceptance.Queued.class);
        assertThat(acceptance.jobId()).isNotEqualTo(running.jobId());
        assertThat(jobs.row(running.jobId()).getBoolean("superseded")).isTrue();
        assertThat(jobs.state(running.jobId())).isEqualTo("running");
        assertThat(jobs.row(acceptance.jobId()).getInteger("revision")).isEqualTo(2);
        await().until(() -> indexed(Priority.NORMAL).contains(acceptance.jobId()));
    }

    @Test
    void remembersACompletedSessionAndItsPrefixes() {
        Session session = session();
        Lease lease = jobs.completed(transcript(session, 6), summary());
        for (int messages : List.of(6, 2)) {
            assertThat(enqueue(submission(transcript(session, messages))))
                    .isInstanceOfSatisfying(Acceptance.Remembered.class, remembered -> {
                        assertThat(remembered.jobId()).isEqualTo(lease.jobId());
                        assertThat(remembered.memoryId())
                                .isEqualTo(jobs.row(lease.jobId()).getUUID("memory_id"));
                        assertThat(remembered.messageCount()).isEqualTo(6);
                    });
        }
    }

    @Test
    void remembersASessionWhoseJobIsPruned() {
        Session session = session();
        Lease lease = jobs.completed(transcript(session, 6), summary());
        jobs.delete(lease.jobId());

        assertThat(enqueue(submission(transcript(session, 6))))
                .isInstanceOfSatisfying(
                        Acceptance.Remembered.class,
                        remembered -> assertThat(remembered.jobId()).isEqualTo(lease.jobId()));
        Acceptance longer = enqueue(submission(transcript(session, 8)));
        assertThat(longer).isInstanceOf(Acceptance.Queued.class);
        assertThat(jobs.row(longer.jobId()).getInteger("revision")).isEqualTo(2);
    }

    @Test
    void startsAgainAfterAFailure() {
        Session session = session();
        Lease failed = jobs.failed(transcript(session, 4));
        assertThat(enqueue(submission(transcript(session, 4))))
                .isInstanceOfSatisfying(
                        Acceptance.Queued.class,
                        queued -> assertThat(queued.jobId()).isNotEqualTo(failed.jobId()));
    }

    @Test
    void startsAgainAfterACancellation() {
        Session session = session();
        long cancelled = jobs.accepted(transcript(session, 4));
        jobs.cancel(cancelled);
        assertThat(enqueue(submission(transcript(session, 4))))
                .isInstanceOfSatisfying(
                        Acceptance.Queued.class,
                        queued -> assertThat(queued.jobId()).isNotEqualTo(cancelled));
    }

    @Test
    void takesEveryOtherSessionStartAsANewSession() {
        String student = student();
        Transcript first = transcript(session(student), 4);
        Transcript second = new Transcript(session(student), first.messages());
        assertThat(jobs.accepted(first)).isNotEqualTo(jobs.accepted(second));
    }

    @Test
    void failsAnUnstorableSessionAloneAndAcceptsItsNeighbours() {
        Session unstorable =
                new Session(student(), "tutor", "room \u0000", session().start());
        CompletableFuture<Acceptance> before = start(transcript(session(), 4));
        CompletableFuture<Acceptance> bad = start(transcript(unstorable, 4));
        CompletableFuture<Acceptance> after = start(transcript(session(), 4));

        assertThat(before).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Acceptance.Queued.class);
        assertThat(after).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Acceptance.Queued.class);
        assertThat(bad).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withCauseInstanceOf(PgException.class);
    }

    @Test
    void failsASessionWithoutAWordOfTheStudent() {
        assertThatThrownBy(() -> enqueue(submission(transcript(session(), 0)))).isInstanceOf(PgException.class);
    }

    @Test
    void acceptsWhileRedisIsDown() throws Exception {
        LocalRedis server = LocalRedis.start();
        Redis client = Stores.connect(server);
        server.close();
        Acceptance acceptance = Stores.await(
                stores.beansWith(client).get(Enqueuer.class).enqueue(submission(transcript(session(), 4))));
        assertThat(jobs.state(acceptance.jobId())).isEqualTo("queued");
        client.close();
    }

    @Test
    void answersOnlyAfterTheCommit() {
        Session session = session();
        SqlConnection rival = Stores.await(stores.pool().getConnection());
        Transaction transaction = Stores.await(rival.begin());
        insertUncommitted(rival, session);
        CompletableFuture<Acceptance> answer = start(transcript(session, 4));
        await().until(() -> waitForALock() == 1);
        assertThat(answer).isNotDone();

        Stores.await(transaction.rollback());

        assertThat(answer).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Acceptance.Queued.class);
        assertThat(stores.rows("SELECT FROM memory.memory_job WHERE student_id = $1", session.studentId()))
                .hasSize(1);
        Stores.await(rival.close());
    }

    /** Whatever comes first, nothing may be answered and then overwritten by something shorter. */
    @RepeatedTest(3)
    void neverLosesTheLongestOfManyVersionsThatComeWhileWorkersLease() {
        long seed = new Random().nextLong();
        List<Session> sessions = Stream.generate(() -> session()).limit(30).toList();
        jobs.leased(sessions.stream().map(session -> transcript(session, 2)).toList());
        List<Uni<?>> steps = new ArrayList<>();
        for (Session session : sessions) {
            IntStream.rangeClosed(2, 14)
                    .forEach(i -> steps.add(enqueuer().enqueue(submission(transcript(session, 2 * i)))));
            IntStream.range(0, 4).forEach(i -> steps.add(leaseWhateverWaits(session)));
        }
        Collections.shuffle(steps, new Random(seed));

        awaitAll(steps.stream().map(step -> step.replaceWith(true)).toList());

        for (Session session : sessions) {
            assertThat(stores.value(
                            "SELECT message_count FROM memory.memory_job WHERE student_id = $1 AND NOT superseded",
                            session.studentId()))
                    .as("the current job's messages, with seed %d", seed)
                    .isEqualTo(28);
        }
    }

    @Test
    void givesEachRevisionOfASessionItsOwnNumber() {
        Session session = session();
        long job = jobs.accepted(transcript(session, 2));
        awaitAll(IntStream.range(0, 20)
                .mapToObj(i -> enqueuer().enqueue(submission(transcriptAbout(session, "subject " + i))))
                .toList());
        assertThat(jobs.row(job).getInteger("revision")).isEqualTo(21);
    }

    private static Uni<?> leaseWhateverWaits(Session session) {
        return stores.pool().preparedQuery("""
                        UPDATE memory.memory_job
                           SET state = 'running', started_at = now(), lease_token = lease_token + 1, lease_owner = 'w',
                               lease_until = now() + interval '1 minute', attempts = attempts + 1
                         WHERE student_id = $1 AND state = 'queued'
                        """).execute(Tuple.of(session.studentId()));
    }

    private static void insertUncommitted(SqlConnection connection, Session session) {
        Stores.await(connection
                .preparedQuery("""
                        INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, revision,
                                                       messages, fingerprint, message_count, student_message_count,
                                                       priority)
                        VALUES ($1, $2, $3, $4, 1, '[]', decode(repeat('00', 16), 'hex'), 1, 1, 'low')
                        """)
                .execute(
                        Tuple.of(session.studentId(), session.chatbotId(), session.roomId(), Sessions.start(session))));
    }

    private static long waitForALock() {
        return (long) stores.value("""
                SELECT count(*) FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'
                """);
    }

    private static Enqueuer enqueuer() {
        return stores.bean(Enqueuer.class);
    }

    private static Acceptance enqueue(Submission submission) {
        return Stores.await(enqueuer().enqueue(submission));
    }

    private static CompletableFuture<Acceptance> start(Transcript transcript) {
        return enqueuer().enqueue(submission(transcript)).subscribeAsCompletionStage();
    }

    private static List<Long> indexed(Priority priority) {
        List<Long> ids = new ArrayList<>();
        for (Response entry : stores.redis(Command.XRANGE, StreamKeys.stream(priority), "-", "+")) {
            ids.add(entry.get(1).get(1).toLong());
        }
        return ids;
    }
}
