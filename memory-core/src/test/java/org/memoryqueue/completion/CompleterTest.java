package org.memoryqueue.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Conversations.transcriptAbout;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

class CompleterTest {

    private static final String TUTOR = "tutor";

    /** It lingers long enough for completions that are made at once to share a transaction for certain. */
    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "20ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void storesMemoryProfileAndState() {
        Session session = session();
        Lease lease = jobs.leased(transcript(session, 5));

        assertThat(jobs.complete(lease, summary(new Observation("halves", 3, 0, 0))))
                .isEqualTo(CompletionOutcome.COMMITTED);

        Row job = jobs.row(lease.jobId());
        Row memory = memory(session);
        assertThat(job.getString("state")).isEqualTo("completed");
        assertThat(job.getUUID("memory_id")).isEqualTo(memory.getUUID("id"));
        assertThat(memory.getLong("job_id")).isEqualTo(lease.jobId());
        assertThat(memory.getInteger("message_count")).isEqualTo(5);
        assertThat(memory.getInteger("student_message_count")).isEqualTo(3);
        assertThat(memory.getArrayOfStrings("key_topics")).containsExactly("fraction");
        assertThat(memory.getString("generator")).isEqualTo("test/1");
        Profile profile = profile(session.studentId());
        assertThat(profile.totalSessions()).isEqualTo(1);
        assertThat(profile.totalMessages()).isEqualTo(3);
        assertThat(profile.topicsMastered()).containsExactly("half");
        assertThat(profile).isEqualTo(fold(session.studentId()));
    }

    @Test
    void measuresASessionFromItsStartToItsAcceptanceAndNeverBelowNothing() {
        Session fastClock = new Session(student(), TUTOR, "room", Instant.now().plusSeconds(500));
        Session old = new Session(student(), TUTOR, "room", Instant.EPOCH.minusSeconds(5_000_000_000L));
        for (Session session : List.of(fastClock, old)) {
            jobs.completed(transcript(session, 2), summary());
        }
        assertThat(memory(fastClock).getInteger("session_duration_seconds")).isZero();
        assertThat(memory(old).getInteger("session_duration_seconds")).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void changesNothingUnderALeaseThatWasLost() {
        Lease reclaimed = jobs.leased(transcript(session(), 4));
        Lease released = jobs.leased(transcript(session(), 4));
        Lease cancelled = jobs.leased(transcript(session(), 4));
        Lease pruned = jobs.leased(transcript(session(), 4));
        Lease failed = jobs.failed(transcript(session(), 4));
        jobs.expire(reclaimed.jobId());
        jobs.leased(reclaimed.jobId());
        await(stores.bean(Leases.class).release(List.of(released)));
        jobs.cancel(cancelled.jobId());
        jobs.delete(pruned.jobId());
        Map<String, List<String>> before = stores.everything();

        assertThat(completeAll(List.of(reclaimed, released, cancelled, pruned, failed)))
                .containsOnly(CompletionOutcome.STALE);

        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void changesNothingUnderAnOlderTokenAfterTheNewerHasCompleted() {
        Lease frozen = jobs.leased(transcript(session(), 4));
        jobs.expire(frozen.jobId());
        Lease newer = jobs.leased(frozen.jobId());
        jobs.complete(newer, summary("the newer"));
        Map<String, List<String>> before = stores.everything();

        assertThat(jobs.complete(frozen, summary("the older"))).isEqualTo(CompletionOutcome.STALE);

        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void commitsUnderALeaseThatRanOutButWasNotTaken() {
        Lease late = jobs.leased(transcript(session(), 4));
        jobs.expire(late.jobId());
        assertThat(jobs.complete(late, summary())).isEqualTo(CompletionOutcome.COMMITTED);
    }

    @Test
    void recognisesARepeatedCompletionAndHasNoSecondEffect() {
        Lease lease = jobs.completed(transcript(session(), 4), summary(new Observation("halves", 1, 0, 0)));
        Map<String, List<String>> before = stores.everything();

        assertThat(jobs.complete(lease, summary(new Observation("halves", 1, 0, 0))))
                .isEqualTo(CompletionOutcome.COMMITTED);

        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void hasOneEffectWhenTheSameCompletionIsTwiceInABatch() {
        Lease lease = jobs.leased(transcript(session(), 4));
        assertThat(completeAll(List.of(lease, lease))).containsOnly(CompletionOutcome.COMMITTED);
        assertThat(profile(studentOf(lease)).totalSessions()).isEqualTo(1);
    }

    @Test
    void letsAnOlderRevisionThatFinishesLateChangeNothingButItsOwnState() {
        Session session = session();
        Lease older = jobs.leased(transcript(session, 4));
        Lease newer = jobs.leased(transcript(session, 8));
        jobs.complete(newer, summary("the newer", new Observation("halves", 1, 0, 0)));
        Row memory = memory(session);
        Profile profile = profile(session.studentId());

        assertThat(jobs.complete(older, summary("the older", new Observation("thirds", 0, 0, 9))))
                .isEqualTo(CompletionOutcome.COMMITTED);

        assertThat(jobs.state(older.jobId())).isEqualTo("completed");
        assertThat(jobs.row(older.jobId()).getUUID("memory_id")).isEqualTo(memory.getUUID("id"));
        assertThat(memory(session).toJson()).isEqualTo(memory.toJson());
        assertThat(profile(session.studentId())).isEqualTo(profile).isEqualTo(fold(session.studentId()));
    }

    @Test
    void replacesAnOlderRevisionInPlaceAndCountsItsSessionOnce() {
        Session session = session();
        jobs.completed(transcript(session(session.studentId()), 2), summary(new Observation("halves", 5, 0, 0)));
        jobs.completed(transcript(session, 4), summary("the older", new Observation("thirds", 0, 0, 9)));
        Row before = memory(session);

        Lease newer = jobs.completed(transcript(session, 10), summary("the newer", new Observation("halves", 0, 0, 1)));

        Row after = memory(session);
        assertThat(after.getUUID("id")).isEqualTo(before.getUUID("id"));
        assertThat(after.getOffsetDateTime("created_at")).isEqualTo(before.getOffsetDateTime("created_at"));
        assertThat(after.getString("conversation_summary")).isEqualTo("the newer");
        assertThat(after.getInteger("message_count")).isEqualTo(10);
        assertThat(after.getLong("job_id")).isEqualTo(newer.jobId());
        Profile profile = profile(session.studentId());
        assertThat(profile.totalSessions()).isEqualTo(2);
        assertThat(profile.totalMessages()).isEqualTo(6);
        assertThat(profile.topicProgress()).containsOnlyKeys("half");
        assertThat(profile).isEqualTo(fold(session.studentId()));
    }

    @Test
    void storesTheNewerOfTwoRevisionsInOneBatch() {
        Session session = session();
        Lease older = jobs.leased(transcript(session, 4));
        Lease newer = jobs.leased(transcript(session, 8));

        assertThat(completeAll(List.of(newer, older))).containsOnly(CompletionOutcome.COMMITTED);

        assertThat(memory(session).getInteger("revision")).isEqualTo(2);
        assertThat(memoryOf(older))
                .isEqualTo(memoryOf(newer))
                .isEqualTo(memory(session).getUUID("id"));
        assertThat(profile(session.studentId()).totalSessions()).isEqualTo(1);
        assertThat(profile(session.studentId())).isEqualTo(fold(session.studentId()));
    }

    @Test
    void addsTwoSessionsOfOneStudentInOneBatch() {
        String student = student();
        List<Lease> leases = jobs.leased(transcripts(student, 2));
        assertThat(completeAll(leases)).containsOnly(CompletionOutcome.COMMITTED);
        assertThat(profile(student).totalSessions()).isEqualTo(2);
        assertThat(profile(student)).isEqualTo(fold(student));
    }

    @Test
    void mixesNewAndReplacingSessionsOfOneStudentInOneBatch() {
        String student = student();
        Session replaced = session(student);
        jobs.completed(transcript(replaced, 2), summary(new Observation("halves", 0, 0, 3)));
        Lease replacing = jobs.leased(transcript(replaced, 4));
        Lease added = jobs.leased(transcript(session(student), 6));

        completeAll(List.of(added, replacing));

        assertThat(profile(student).totalSessions()).isEqualTo(2);
        assertThat(profile(student).totalMessages()).isEqualTo(5);
        assertThat(profile(student)).isEqualTo(fold(student));
    }

    @Test
    void countsAThousandSessionsOfOneStudentThatFinishAtOnce() {
        String student = student();
        List<Lease> leases = jobs.leased(transcripts(student, 1000));
        Random random = new Random(1);

        assertThat(awaitAll(leases.stream()
                        .map(lease -> completer()
                                .complete(new Completion(
                                        lease,
                                        summary(
                                                new Observation("topic " + random.nextInt(20), 1, 0, 0),
                                                new Observation("halves", 0, 1, random.nextInt(3))))))
                        .toList()))
                .containsOnly(CompletionOutcome.COMMITTED)
                .hasSize(1000);

        assertThat(profile(student).totalSessions()).isEqualTo(1000);
        assertThat(profile(student)).isEqualTo(fold(student));
    }

    /** Several completers stand for several workers, whose batches have the same students in any order. */
    @Test
    void doesNotDeadlockWhenBatchesHaveTheSameStudentsInDifferentOrder() {
        List<String> students = Stream.generate(() -> student()).limit(12).toList();
        List<Transcript> transcripts = students.stream()
                .flatMap(student -> transcripts(student, 25).stream())
                .toList();
        List<Lease> leases = new ArrayList<>(jobs.leased(transcripts));
        Collections.shuffle(leases);
        List<Completer> workers = Stream.generate(
                        () -> stores.beansWith(stores.redis()).get(Completer.class))
                .limit(6)
                .toList();

        List<Uni<CompletionOutcome>> completions = IntStream.range(0, leases.size())
                .mapToObj(i -> workers.get(i % workers.size())
                        .complete(new Completion(leases.get(i), summary(new Observation("halves", 1, 0, 0)))))
                .toList();

        assertThat(awaitAll(completions)).containsOnly(CompletionOutcome.COMMITTED);
        assertThat(students).allSatisfy(student -> {
            assertThat(profile(student).totalSessions()).isEqualTo(25);
            assertThat(profile(student)).isEqualTo(fold(student));
        });
    }

    @Test
    void countsTheRightSessionsWhenRevisionsAndNewSessionsFinishInAnyOrder() {
        String student = student();
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Session session = session(student);
            leases.add(jobs.leased(transcript(session, 2)));
            leases.add(jobs.leased(transcript(session, 4)));
        }
        Collections.shuffle(leases);
        List<Completer> workers = Stream.generate(
                        () -> stores.beansWith(stores.redis()).get(Completer.class))
                .limit(4)
                .toList();

        awaitAll(IntStream.range(0, leases.size())
                .mapToObj(i -> workers.get(i % 4)
                        .complete(new Completion(
                                leases.get(i),
                                summary(new Observation("halves", leases.get(i).revision(), 0, 0)))))
                .toList());

        assertThat(profile(student).totalSessions()).isEqualTo(20);
        assertThat(profile(student).totalMessages()).isEqualTo(40);
        assertThat(profile(student)).isEqualTo(fold(student));
    }

    @Test
    void failsASummaryThatCannotBeStoredAloneAndStoresItsNeighbours() {
        List<Lease> leases = jobs.leased(transcripts(student(), 3));
        CompletableFuture<CompletionOutcome> before = start(leases.get(0), summary());
        CompletableFuture<CompletionOutcome> bad = start(leases.get(1), summary("NUL: \u0000"));
        CompletableFuture<CompletionOutcome> after = start(leases.get(2), summary());

        assertThat(before).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(CompletionOutcome.COMMITTED);
        assertThat(after).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(CompletionOutcome.COMMITTED);
        assertThat(bad).failsWithin(Duration.ofSeconds(5)).withThrowableThat().withCauseInstanceOf(PgException.class);
        assertThat(jobs.state(leases.get(1).jobId())).isEqualTo("running");
        assertThat(profile(studentOf(leases.get(0))).totalSessions()).isEqualTo(2);
        assertThat(profile(studentOf(leases.get(0)))).isEqualTo(fold(studentOf(leases.get(0))));
    }

    @Test
    void leavesNoTraceOfACompletionThatFailed() {
        Lease lease = jobs.leased(transcript(session(), 4));
        Map<String, List<String>> before = stores.everything();
        assertThat(start(lease, summary(new Observation("NUL: \u0000", 1, 0, 0))))
                .failsWithin(Duration.ofSeconds(5));
        assertThat(stores.everything()).isEqualTo(before);
    }

    @Test
    void addsUpWhatASummarySaysTwiceAboutATopic() {
        Lease lease = jobs.leased(transcript(session(), 4));
        assertThat(jobs.complete(
                        lease, summary(new Observation("halves", 1, 0, 0), new Observation("halves", 1, 2, 3))))
                .isEqualTo(CompletionOutcome.COMMITTED);
        assertThat(profile(studentOf(lease))).isEqualTo(fold(studentOf(lease)));
    }

    @Test
    void keepsTheMemoryOfAnEarlierRevisionWhenTheNextFails() {
        Session session = session();
        jobs.completed(transcript(session, 4), summary("the first"));
        jobs.failed(transcriptAbout(session, "something else"));
        assertThat(memory(session).getString("conversation_summary")).isEqualTo("the first");
        assertThat(await(stores.bean(Enqueuer.class).enqueue(submission(transcriptAbout(session, "something else")))))
                .isInstanceOf(Acceptance.Queued.class);
    }

    private static List<Transcript> transcripts(String student, int count) {
        return Stream.generate(() -> transcript(session(student), 2))
                .limit(count)
                .toList();
    }

    private static List<CompletionOutcome> completeAll(List<Lease> leases) {
        return awaitAll(leases.stream()
                .map(lease -> completer().complete(new Completion(lease, summary())))
                .toList());
    }

    private static CompletableFuture<CompletionOutcome> start(Lease lease, Summary summary) {
        return completer().complete(new Completion(lease, summary)).subscribeAsCompletionStage();
    }

    private static Completer completer() {
        return stores.bean(Completer.class);
    }

    private static String studentOf(Lease lease) {
        return lease.transcript().session().studentId();
    }

    private static Row memory(Session session) {
        return stores.rows("""
                        SELECT id, job_id, revision, message_count, student_message_count, session_duration_seconds,
                               generator, conversation_summary, key_topics, created_at
                          FROM memory.student_chat_memories WHERE student_id = $1 AND session_start = $2
                        """, session.studentId(), session.start().atOffset(ZoneOffset.UTC))
                .getFirst();
    }

    private UUID memoryOf(Lease lease) {
        return jobs.row(lease.jobId()).getUUID("memory_id");
    }

    private static Profile profile(String student) {
        return ProfileFold.stored(stores, student, TUTOR);
    }

    private static Profile fold(String student) {
        return ProfileFold.of(stores, student, TUTOR);
    }
}
