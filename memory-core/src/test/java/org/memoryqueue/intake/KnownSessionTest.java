package org.memoryqueue.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.job.JobState.CANCELLED;
import static org.memoryqueue.job.JobState.COMPLETED;
import static org.memoryqueue.job.JobState.FAILED;
import static org.memoryqueue.job.JobState.QUEUED;
import static org.memoryqueue.job.JobState.RUNNING;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Conversations.transcriptAbout;

import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.intake.KnownSession.Decision;
import org.memoryqueue.intake.KnownSession.KnownJob;
import org.memoryqueue.intake.KnownSession.KnownMemory;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Fingerprint;
import org.memoryqueue.transcript.Session;

/** The rules of a session, as a table. */
class KnownSessionTest {

    private static final long JOB = 7;
    private static final long JOB_OF_MEMORY = 5;
    private static final UUID MEMORY = UUID.randomUUID();
    private static final OffsetDateTime THEN = OffsetDateTime.parse("2026-09-01T08:00:00Z");
    private static final Session SESSION = session();

    private static final Fingerprint SHORT = fingerprint(2);
    private static final Fingerprint MIDDLE = fingerprint(4);
    private static final Fingerprint LONG = fingerprint(6);
    private static final Fingerprint OTHER =
            Fingerprint.of(transcriptAbout(SESSION, "something else").messages());

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void decides(String rule, @Nullable KnownJob job, @Nullable KnownMemory memory, Fingerprint in, Decision expected) {
        assertThat(new KnownSession(job, memory).decide(in)).isEqualTo(expected);
    }

    static Stream<Arguments> decides() {
        return Stream.of(
                rule("nothing known: the first job", null, null, MIDDLE, replace(null, 1)),
                rule("equal to the waiting job", job(QUEUED, 1, MIDDLE), null, MIDDLE, underWay()),
                rule("a prefix of the waiting job", job(QUEUED, 1, MIDDLE), null, SHORT, underWay()),
                rule("longer than the waiting job", job(QUEUED, 1, MIDDLE), null, LONG, takeOver(QUEUED, 1, MIDDLE, 2)),
                rule("other than the waiting job", job(QUEUED, 3, MIDDLE), null, OTHER, takeOver(QUEUED, 3, MIDDLE, 4)),
                rule("equal to the running job", job(RUNNING, 1, MIDDLE), null, MIDDLE, underWay()),
                rule("a prefix of the running job", job(RUNNING, 1, MIDDLE), null, SHORT, underWay()),
                rule(
                        "longer than the running job",
                        job(RUNNING, 1, MIDDLE),
                        null,
                        LONG,
                        replace(RUNNING, 1, MIDDLE, 2)),
                rule(
                        "other than the running job",
                        job(RUNNING, 1, MIDDLE),
                        null,
                        OTHER,
                        replace(RUNNING, 1, MIDDLE, 2)),
                rule("remembered, job still there", job(COMPLETED, 1, MIDDLE), memory(1, MIDDLE), MIDDLE, remembered()),
                rule("a prefix of what is remembered", job(COMPLETED, 1, LONG), memory(1, LONG), SHORT, remembered()),
                rule("remembered, job pruned", null, memory(2, MIDDLE), MIDDLE, remembered()),
                rule("a prefix, job pruned", null, memory(2, LONG), SHORT, remembered()),
                rule(
                        "longer than what is remembered",
                        job(COMPLETED, 1, MIDDLE),
                        memory(1, MIDDLE),
                        LONG,
                        replace(COMPLETED, 1, MIDDLE, 2)),
                rule("longer, job pruned", null, memory(4, MIDDLE), LONG, replace(null, 5)),
                rule("after a failure all is new", job(FAILED, 1, MIDDLE), null, MIDDLE, replace(FAILED, 1, MIDDLE, 2)),
                rule(
                        "a prefix of what failed is new",
                        job(FAILED, 1, MIDDLE),
                        null,
                        SHORT,
                        replace(FAILED, 1, MIDDLE, 2)),
                rule(
                        "after a cancellation all is new",
                        job(CANCELLED, 2, MIDDLE),
                        null,
                        MIDDLE,
                        replace(CANCELLED, 2, MIDDLE, 3)),
                rule(
                        "a newer job waits, the older is remembered",
                        job(QUEUED, 2, LONG),
                        memory(1, SHORT),
                        MIDDLE,
                        underWay()),
                rule(
                        "longer than the newer job that waits",
                        job(QUEUED, 2, MIDDLE),
                        memory(1, SHORT),
                        LONG,
                        takeOver(QUEUED, 2, MIDDLE, 3)),
                rule(
                        "the newer job failed, and comes again",
                        job(FAILED, 2, LONG),
                        memory(1, SHORT),
                        LONG,
                        replace(FAILED, 2, LONG, 3)),
                rule(
                        "remembered, though a newer job failed since",
                        job(FAILED, 2, OTHER),
                        memory(1, MIDDLE),
                        MIDDLE,
                        remembered()),
                rule(
                        "an older job finished late: the newer memory counts",
                        job(COMPLETED, 2, MIDDLE),
                        memory(3, LONG),
                        OTHER,
                        replace(COMPLETED, 2, MIDDLE, 4)));
    }

    private static Arguments rule(
            String rule, @Nullable KnownJob job, @Nullable KnownMemory memory, Fingerprint in, Decision expected) {
        return Arguments.of(rule, job, memory, in, expected);
    }

    private static KnownJob job(JobState state, int revision, Fingerprint fingerprint) {
        return new KnownJob(JOB, state, revision, Priority.NORMAL, fingerprint);
    }

    private static KnownMemory memory(int revision, Fingerprint fingerprint) {
        return new KnownMemory(MEMORY, JOB_OF_MEMORY, revision, THEN, 4, fingerprint);
    }

    private static Decision underWay() {
        return new Decision.Known(new Acceptance.UnderWay(JOB));
    }

    private static Decision remembered() {
        return new Decision.Known(new Acceptance.Remembered(JOB_OF_MEMORY, MEMORY, THEN, 4));
    }

    private static Decision takeOver(JobState state, int known, Fingerprint fingerprint, int revision) {
        return new Decision.TakeOver(job(state, known, fingerprint), revision);
    }

    private static Decision replace(JobState state, int known, Fingerprint fingerprint, int revision) {
        return replace(job(state, known, fingerprint), revision);
    }

    private static Decision replace(@Nullable KnownJob job, int revision) {
        return new Decision.Replace(job, revision);
    }

    private static Fingerprint fingerprint(int messages) {
        return Fingerprint.of(transcript(SESSION, messages).messages());
    }
}
