package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.intake.Submission;
import org.memoryqueue.maintenance.Duties;
import org.memoryqueue.operator.Cancellation;
import org.memoryqueue.operator.QueueSwitch;
import org.memoryqueue.operator.Retry;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Conversations;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** All that happens to the queue but for what workers do: clients, operators, maintenance, time, and faults. */
final class Surroundings {

    private static final List<Session> SESSIONS = IntStream.range(0, 5)
            .mapToObj(number -> Conversations.session("student-" + number / 2))
            .toList();
    private static final String OPERATOR = "operator";

    private final Stores stores;
    private final Beans beans;
    private final Beans deaf;
    private final Duties duties;
    private final Streams streams;
    private final Reference reference;
    private boolean redisIsSound = true;

    Surroundings(Stores stores, Beans beans, Beans deaf, Streams streams, Reference reference) {
        this.stores = stores;
        this.beans = beans;
        this.deaf = deaf;
        this.duties = new Duties(() -> stores.beansWith(stores.redis()));
        this.streams = streams;
        this.reference = reference;
    }

    /** So that a run does not depend on those before it. */
    void forgetEverything() {
        stores.rows("""
                TRUNCATE memory.memory_job, memory.student_chat_memories, memory.student_learning_profiles,
                         memory.learning_preference, memory.memory_correction,
                         memory.learning_observation, memory.job_attempt, memory.operator_action, effect RESTART IDENTITY
                """);
        stores.rows("""
                UPDATE memory.queue_counter
                   SET accepted = 0, waiting_high = 0, waiting_normal = 0, waiting_low = 0, delayed = 0, running = 0,
                       completed = 0, failed = 0, cancelled = 0, erased = 0
                """);
        stores.rows("UPDATE memory.queue_control SET mode = 'running'");
        stores.rows("UPDATE memory.maintenance_leader SET available_since = '-infinity'");
        streams.flush();
        await(beans.get(DueIndex.class).createGroups());
    }

    /** Whether Redis has lost nothing so far. */
    boolean isRedisSound() {
        return redisIsSound;
    }

    void handIn(Operation.HandIn handIn) {
        Session session = SESSIONS.get(handIn.session() % SESSIONS.size());
        Transcript transcript = handIn.other()
                ? Conversations.transcriptAbout(session, "something else " + handIn.messages())
                : Conversations.transcript(session, handIn.messages());
        Submission submission = Conversations.submission(transcript, handIn.priority());
        untilTheIndexHears(() -> handIn(submission, handIn.times(), handIn.heard()));
    }

    /** @return whether the index will hear of it */
    private boolean handIn(Submission submission, int times, boolean heard) {
        Enqueuer enqueuer = (heard ? beans : deaf).get(Enqueuer.class);
        List<Acceptance> answers = awaitAll(Collections.nCopies(times, enqueuer.enqueue(submission)));
        long job = answers.stream().mapToLong(Acceptance::jobId).max().orElseThrow();
        List<Reference.HandedIn> expected = IntStream.range(0, times)
                .mapToObj(time -> reference.handIn(submission, job))
                .toList();
        assertThat(answers.stream()
                        .map(answer -> answer.getClass().getSimpleName() + " " + answer.jobId())
                        .toList())
                .as("the answers to %s", submission)
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(each -> each.answer().getSimpleName() + " " + each.job())
                        .toList());
        boolean announced = expected.getFirst().announced();
        if (announced && !heard) {
            reference.saw(Seen.UNHEARD);
            redisIsSound = false;
        }
        return announced && heard;
    }

    /** Nobody waits for the index but the run, in which nothing may depend on who is faster. */
    private void untilTheIndexHears(BooleanSupplier step) {
        long length = streams.length();
        if (step.getAsBoolean()) {
            Awaitility.await()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> streams.length() > length);
        }
    }

    void cancel(ReferenceJob job) {
        await(beans.get(Cancellation.class).cancel(job.id(), OPERATOR));
        reference.cancel(job);
    }

    void retry(ReferenceJob job) {
        untilTheIndexHears(() -> {
            Class<?> answer =
                    await(beans.get(Retry.class).retry(job.id(), OPERATOR)).getClass();
            boolean retried = reference.retry(job);
            assertThat(answer)
                    .as("the retry of %s", job.view())
                    .isEqualTo(retried ? Retry.Outcome.Retried.class : Retry.Outcome.Superseded.class);
            return retried;
        });
    }

    void turn(QueueMode mode) {
        await(beans.get(QueueSwitch.class).turn(mode, OPERATOR));
        reference.halt(mode != QueueMode.RUNNING);
    }

    void reclaimLostLeases() {
        await(duties.reclaimLostLeases());
        reference.expire(job -> true);
    }

    void promoteDelayedJobs() {
        await(duties.promoteDelayedJobs());
        reference.promote();
    }

    void repairIndex() {
        await(duties.repairIndex());
    }

    void prune() {
        await(duties.prune());
        reference.prune();
    }

    /** Moves every time that is stored into the past. */
    void pass(int ticks) {
        Duration time = Ticks.ONE.multipliedBy(ticks);
        stores.rows("""
                WITH leader AS (
                    UPDATE memory.maintenance_leader
                       SET available_since = available_since - $1 * interval '1 millisecond'
                )
                UPDATE memory.memory_job
                   SET run_at = run_at - $1 * interval '1 millisecond',
                       started_at = started_at - $1 * interval '1 millisecond',
                       lease_until = lease_until - $1 * interval '1 millisecond',
                       finished_at = finished_at - $1 * interval '1 millisecond',
                       outage_since = outage_since - $1 * interval '1 millisecond'
                """, time.toMillis());
        streams.age(time);
        reference.pass(ticks);
    }

    void outage() {
        stores.rows("UPDATE memory.maintenance_leader SET available_since = now()");
        reference.outage();
    }

    void flush() {
        if (!reference.state().which(ReferenceJob::isAtWork).isEmpty()) {
            reference.saw(Seen.FLUSHED_WITH_WORK);
        }
        streams.flush();
        redisIsSound = false;
    }

    void loseEntry(int pick) {
        if (streams.lose(pick)) {
            reference.saw(Seen.LOST_ENTRY);
            redisIsSound = false;
        }
    }
}
