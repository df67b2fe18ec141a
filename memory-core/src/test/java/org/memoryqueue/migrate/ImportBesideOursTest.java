package org.memoryqueue.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.memoryqueue.testing.Conversations.submission;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.completion.CompletionOutcome;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.profile.Contribution;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.profile.ProfileWriter;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

/** The import where ours is at work already, for the same students. */
class ImportBesideOursTest {

    private static final String STUDENT = "0f0e0d0c-0b0a-4908-8706-050403020100";
    private static final String CHATBOT = "00000000-0000-4000-8000-00000000c4a7";
    private static final String ROOM = "00000000-0000-4000-8000-000000000007";

    private final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");
    private final Jobs jobs = new Jobs(stores);
    private OldSystem old;

    @BeforeEach
    void makeOldTables() {
        stores.start();
        old = new OldSystem(stores, "uuid");
    }

    @AfterEach
    void stop() {
        stores.stop();
    }

    @Test
    void bringsNoSessionThatIsRememberedOrUnderWay() {
        jobs.completed(transcript(session("2026-05-04T10:00:00Z"), 8), summary());
        jobs.accepted(transcript(session("2026-05-05T10:00:00Z"), 6));
        old.remembers(STUDENT, "2026-05-04 10:05:04+00", 300, 6);
        old.remembers(STUDENT, "2026-05-05 10:09:00+00", 300, 6);
        UUID another = old.remembers(STUDENT, "2026-05-06 10:05:04+00", 300, 6);

        old.importAll();

        assertThat(memories()).extracting(Memory::generator).containsExactlyInAnyOrder("test/1", "imported");
        assertThat(memories()).extracting(Memory::id).contains(another);
        assertThat(old.complaints()).isEmpty();
    }

    @Test
    void bringsASessionWhoseJobFailed() {
        jobs.failed(transcript(session("2026-05-04T10:00:00Z"), 6));
        UUID id = old.remembers(STUDENT, "2026-05-04 10:05:04+00", 300, 6);
        old.importAll();
        assertThat(memories()).extracting(Memory::id).containsExactly(id);
    }

    @Test
    void takesBackWhatOursHasRememberedSince() {
        old.remembers(STUDENT, "2026-05-04 10:05:04+00", 300, 6);
        old.importAll();
        jobs.completed(transcript(session("2026-05-04T10:00:00Z"), 6), summary(new Observation("halves", 1, 0, 0)));
        assertThat(memories()).hasSize(2);

        old.importAll();

        assertThat(memories()).extracting(Memory::generator).containsExactly("test/1");
        assertThat(ProfileFold.stored(stores, STUDENT, CHATBOT).totalSessions()).isEqualTo(1);
        assertThatProfileIsTheFold();
    }

    @Test
    void replacesAnImportedMemoryWhenItsVerySessionIsHandedIn() {
        UUID id = old.remembers(STUDENT, "2026-05-04 10:05:04+00", 300, 6);
        old.importAll();
        Session same = session("2026-05-04T10:00:04Z");

        Acceptance acceptance = await(stores.bean(Enqueuer.class).enqueue(submission(transcript(same, 1))));
        assertThat(acceptance).isInstanceOf(Acceptance.Queued.class);
        Lease lease = jobs.leased(acceptance.jobId());
        assertThat(jobs.complete(lease, summary(new Observation("halves", 1, 0, 0))))
                .isEqualTo(CompletionOutcome.COMMITTED);

        assertThat(memories()).extracting(Memory::id, Memory::generator).containsExactly(tuple(id, "test/1"));
        assertThatProfileIsTheFold();
        Map<String, List<String>> handedIn = stores.everything();
        old.importAll();
        old.rollBack();
        assertThat(stores.everything()).isEqualTo(handedIn);
    }

    @Test
    void foldsAsTheProfileWriterDoes() {
        List<String> topics = List.of("fractions", "Ａ", "🤔", "ü", "a \"b\" \\ c");
        for (int i = 0; i < 12; i++) {
            jobs.completed(
                    transcript(session("2026-06-0" + (i % 9 + 1) + "T1" + i % 7 + ":00:00Z"), 2 + i),
                    summary(
                            new Observation(topics.get(i % 5), i % 4, i % 3, i % 2),
                            new Observation("topic " + i, i, 0, 11 - i)));
        }
        for (String fraction : List.of("", ".1", ".12", ".123", ".1234", ".12345", ".123456", ".100001", ".000001")) {
            old.remembers(
                    STUDENT,
                    Map.of(
                            "created_at", "'2027-05-04 10:00:0" + fraction.length() + fraction + "+00'",
                            "room_id", "gen_random_uuid()",
                            "key_topics", "ARRAY['🤔', 'Ａ', 'at" + fraction + "']"));
        }
        old.importAll();
        assertThat(memories()).hasSize(21);

        assertThatProfileIsTheFold();

        old.rollBack();
        assertThat(memories()).hasSize(12);
        assertThatProfileIsTheFold();
    }

    @Test
    void losesNoSessionThatIsCompletedMeanwhile() {
        IntStream.range(0, 60)
                .forEach(i -> old.remembers(STUDENT, "2026-05-04 10:00+00'::timestamptz + '" + i + " hours", 300, 6));
        List<Lease> leases = jobs.leased(IntStream.range(0, 40)
                .mapToObj(i -> transcript(session("2026-07-01T08:00:00Z", i), 4))
                .toList());

        CompletableFuture<Void> imports =
                CompletableFuture.runAsync(() -> IntStream.range(0, 3).forEach(i -> {
                    old.importAll();
                    old.rollBack();
                }));
        leases.forEach(lease -> assertThat(jobs.complete(lease, summary(new Observation("halves", 1, 0, 0))))
                .isEqualTo(CompletionOutcome.COMMITTED));
        imports.join();
        old.importAll();

        assertThat(ProfileFold.stored(stores, STUDENT, CHATBOT).totalSessions()).isEqualTo(100);
        assertThatProfileIsTheFold();
    }

    /** Also once the writer itself has folded it anew, which it must whatever the import left there. */
    private void assertThatProfileIsTheFold() {
        Profile imported = ProfileFold.stored(stores, STUDENT, CHATBOT);
        assertThat(imported).isEqualTo(ProfileFold.of(stores, STUDENT, CHATBOT));
        Contribution any = new Contribution(ROOM, Instant.EPOCH, 1, List.of(), Set.of());
        await(stores.bean(ProfileWriter.class)
                .apply(
                        stores.pool(),
                        List.of(new Contribution.Change(STUDENT, CHATBOT, any, Contribution.Kind.REPLACES_ANOTHER))));
        assertThat(ProfileFold.stored(stores, STUDENT, CHATBOT)).isEqualTo(imported);
        ProfileFold.assertStoredBitForBit(stores);
    }

    private List<Memory> memories() {
        return await(stores.bean(MemoryReader.class).find(STUDENT, CHATBOT, Optional.empty(), null, 100))
                .memories();
    }

    private static Session session(String start) {
        return session(start, 0);
    }

    private static Session session(String start, int hours) {
        return new Session(STUDENT, CHATBOT, ROOM, Instant.parse(start).plus(hours, ChronoUnit.HOURS));
    }
}
