package org.memoryqueue.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class StepDeadlineTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    private final ManualTimers timers = new ManualTimers();
    private final StepDeadline deadline = new StepDeadline(LIMIT, timers);
    private final HeldJob job = new HeldJob(
            new Lease(
                    1,
                    1,
                    Priority.NORMAL,
                    1,
                    1,
                    Instant.EPOCH,
                    new Transcript(
                            new Session("ada", "tutor", "room", Instant.EPOCH), List.of(new Message("user", "Hi")))),
            null,
            false);

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void endsWorkThatComesNoStepForward() {
        UniAssertSubscriber<String> work = hold(Uni.createFrom().nothing());

        timers.elapse();

        work.assertFailedWith(DeadlineExceededException.class);
        assertThat(timers.running()).isZero();
        job.failureWhenUnwanted()
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertFailedWith(DeadlineExceededException.class);
    }

    @Test
    void startsAnewWithEachStep() {
        UniAssertSubscriber<String> work = hold(Uni.createFrom().nothing());

        for (int step = 0; step < 100; step++) {
            job.stepped();
            assertThat(timers.running()).isEqualTo(1);
        }

        work.assertNotTerminated();
        assertThat(timers.set()).isEqualTo(101);
        timers.elapse();
        work.assertFailedWith(DeadlineExceededException.class);
    }

    @Test
    void leavesNoTimerWhenTheWorkIsDone() {
        hold(Uni.createFrom().item("done")).assertItem("done");

        assertThat(timers.running()).isZero();
    }

    @Test
    void refusesADeadlineThatIsOverAtOnce() {
        assertThatThrownBy(() -> new StepDeadline(Duration.ZERO, timers))
                .hasMessage("memory.worker.attempt-deadline must be positive");
    }

    private UniAssertSubscriber<String> hold(Uni<String> work) {
        return deadline.hold(job, work).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
