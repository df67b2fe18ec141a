package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.profile.ProfileRebuild.Rebuilt;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

class ProfileRebuildTest {

    private final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");
    private final Jobs jobs = new Jobs(stores);
    private final Random random = new Random(20_260_907);

    @BeforeEach
    void start() {
        stores.start();
    }

    @AfterEach
    void stop() {
        stores.stop();
    }

    @Test
    void findsNothingToChangeInWhatCompletionsHaveStored() {
        List<String> students = Stream.generate(() -> student()).limit(5).toList();
        students.forEach(this::remembers);

        Rebuilt compared = rebuild(null, 500, true);

        assertThat(compared.checked()).isEqualTo(5);
        assertThat(compared.differences()).isEmpty();
        assertThat(compared.next()).isEmpty();
    }

    @Test
    void namesEachColumnThatIsNotWhatItWasAndWritesItAgainBitForBit() {
        remembers(student());
        List<String> before = profiles();
        stores.rows("""
                UPDATE memory.student_learning_profiles
                   SET total_sessions = 99, topics_mastered = '{x}', pace_preference = 'faster',
                       topic_progress = jsonb_set(topic_progress, '{half}', '{"level": 1}'),
                       statistics = jsonb_set(statistics, '{topics,half,weights,incorrect}', '1')
                """);
        List<String> spoilt = profiles();

        Rebuilt compared = rebuild(null, 500, true);
        assertThat(compared.differences().getFirst().fields())
                .containsExactlyInAnyOrder(
                        "total_sessions", "topics_mastered", "pace_preference", "topic_progress", "statistics");
        assertThat(compared.changed()).isZero();
        assertThat(profiles()).isEqualTo(spoilt);

        assertThat(rebuild(null, 500, false).changed()).isEqualTo(1);
        assertThat(profiles()).isEqualTo(before);
        assertThat(rebuild(null, 500, false).changed()).isZero();
        assertThat(stores.rows("""
                SELECT concat_ws(' ', operator, action, filter, changed) FROM memory.operator_action ORDER BY id
                """).stream().map(row -> row.getString(0)))
                .containsExactly(
                        "ada rebuild_profiles {\"dryRun\": true} 0",
                        "ada rebuild_profiles {\"dryRun\": false} 1",
                        "ada rebuild_profiles {\"dryRun\": false} 0");
    }

    @Test
    void goesPageByPageThroughAllOfThem() {
        for (int i = 0; i < 7; i++) {
            remembers(student());
        }
        stores.rows("UPDATE memory.student_learning_profiles SET total_messages = 1");

        List<Long> changed = new ArrayList<>();
        Rebuilt page = rebuild(null, 3, false);
        changed.add(page.changed());
        while (page.next().isPresent()) {
            page = rebuild(page.next().orElseThrow(), 3, false);
            changed.add(page.changed());
        }

        assertThat(changed).containsExactly(3L, 3L, 1L);
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void bringsBackAProfileThatIsMissing() {
        String student = student();
        remembers(student);
        Profile before = ProfileFold.stored(stores, student, "tutor");
        stores.rows("DELETE FROM memory.student_learning_profiles");

        Rebuilt compared = rebuild(null, 500, true);
        assertThat(compared.differences()).hasSize(1);
        assertThat(compared.next()).isEmpty();
        assertThat(rebuild(null, 500, false).changed()).isEqualTo(1);

        Profile after = ProfileFold.stored(stores, student, "tutor");
        assertThat(after.topicProgress()).isEqualTo(before.topicProgress());
        assertThat(after.totalMessages()).isEqualTo(before.totalMessages());
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void bringsThemBackCallByCall() {
        for (int i = 0; i < 5; i++) {
            remembers(student());
        }
        stores.rows("DELETE FROM memory.student_learning_profiles");

        for (boolean dryRun : List.of(true, false)) {
            Rebuilt call = rebuild(null, 2, dryRun);
            List<Integer> found = new ArrayList<>(List.of(call.differences().size()));
            while (call.next().isPresent()) {
                String cursor = call.next().get().text();
                call = rebuild(RebuildCursor.parse(cursor).orElseThrow(), 2, dryRun);
                found.add(call.differences().size());
            }
            assertThat(found).startsWith(2, 2, 1);
        }
        assertThat(profiles()).hasSize(5);
        assertThat(rebuild(null, 500, false).changed()).isZero();
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void losesNoSessionThatIsCompletedMeanwhile() {
        List<String> students = Stream.generate(() -> student()).limit(4).toList();
        List<Lease> leases = jobs.leased(IntStream.range(0, 80)
                .mapToObj(i -> transcript(session(students.get(i % 4)), 2))
                .toList());
        CompletableFuture<Void> rebuilding = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 20; i++) {
                rebuild(null, 500, false);
            }
        });
        leases.forEach(lease -> jobs.complete(lease, anything()));
        rebuilding.join();

        ProfileFold.assertStoredBitForBit(stores);
        for (String student : students) {
            assertThat(ProfileFold.stored(stores, student, "tutor").totalSessions())
                    .isEqualTo(20);
        }
    }

    @Test
    void storesTheSameBitsInWhateverOrderSessionsComplete() {
        List<Summary> summaries = Stream.generate(this::anything).limit(12).toList();
        List<String> stored = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            String student = student();
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < summaries.size(); i++) {
                long id = jobs.accepted(transcript(session(student), 2));
                stores.rows(
                        "UPDATE memory.memory_job SET accepted_at = '2026-01-01'::timestamptz + $2 * interval '9 days'"
                                + " WHERE id = $1",
                        id,
                        i);
                leases.add(jobs.leased(id));
            }
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, summaries.size()).boxed().toList());
            Collections.shuffle(order, random);
            order.forEach(i -> jobs.complete(leases.get(i), summaries.get(i)));
            stored.add((String) stores.value(
                    "SELECT statistics::text || topic_progress::text || topics_mastered::text"
                            + " FROM memory.student_learning_profiles WHERE student_id = $1",
                    student));
        }
        assertThat(stored).containsOnly(stored.getFirst());
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void readsAndMendsWhatAnOlderProcessStored() {
        String student = student();
        remembers(student);
        Profile before = ProfileFold.stored(stores, student, "tutor");
        // It reads what it knows of our sums, adds to them, and drops the rest.
        stores.rows("""
                UPDATE memory.student_learning_profiles SET statistics = jsonb_build_object(
                       'sessions', 7, 'messages', 7, 'last', statistics -> 'last', 'topics', jsonb_build_object(
                           'Halves', (statistics -> 'topics' -> 'half') - 'weights'))
                """);
        assertThat(ProfileFold.stored(stores, student, "tutor")).isEqualTo(before);

        jobs.completed(transcript(session(student), 2), anything());

        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void foldsOldSpellingsOfATopicAsOne() {
        String student = student();
        jobs.completed(transcript(session(student), 2), summary(new Observation("fraction", 1, 0, 0)));
        jobs.completed(transcript(session(student), 2), summary(new Observation("decimal", 2, 0, 0)));
        stores.rows("UPDATE memory.learning_observation SET topic = ' FRACTIONS' WHERE topic = 'decimal'");

        rebuild(null, 500, false);

        assertThat(ProfileFold.stored(stores, student, "tutor").topicsMastered())
                .containsExactly("fraction");
    }

    @Test
    void keepsWhatWasAskedForBySession() {
        String student = student();
        for (int i = 0; i < 3; i++) {
            jobs.completed(
                    transcript(session(student), 2),
                    summary()
                            .withPreferences(List.of(
                                    new Preference(Wish.EXAMPLES, 0, "question 0"),
                                    new Preference(Wish.EXAMPLES, 0, "question 0"))));
        }
        assertThat(ProfileFold.stored(stores, student, "tutor").preferredExplanationStyle())
                .isEqualTo("examples");
        assertThat(stores.value("SELECT count(*) FROM memory.learning_preference"))
                .isEqualTo(3L);
        ProfileFold.assertStoredBitForBit(stores);
    }

    private void remembers(String student) {
        for (int i = 0; i < 3; i++) {
            jobs.completed(transcript(session(student), 2 + i), anything());
        }
    }

    private Summary anything() {
        return summary(
                        new Observation("halves", random.nextInt(1, 4), 0, random.nextInt(2)),
                        new Observation("topic " + random.nextInt(3), random.nextInt(4), 1, random.nextInt(3)))
                .withPreferences(
                        List.of(new Preference(Wish.values()[random.nextInt(Wish.values().length)], 0, "question 0")));
    }

    private Rebuilt rebuild(@Nullable RebuildCursor from, int limit, boolean dryRun) {
        return await(stores.bean(ProfileRebuild.class)
                .rebuild(from == null ? RebuildCursor.START : from, limit, dryRun, "ada"));
    }

    private List<String> profiles() {
        return Optional.ofNullable(stores.everything().get("student_learning_profiles"))
                .orElseThrow();
    }
}
