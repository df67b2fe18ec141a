package org.memoryqueue.correction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.correction.Corrector.Corrected;
import org.memoryqueue.erasure.Eraser;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class CorrectorTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);
    private final Session session = session();
    private final String student = session.studentId();

    @Test
    void hidesAMemoryAndTakesWhatItSaysOutOfTheProfile() {
        UUID id = remembered();
        jobs.completed(transcript(session(student), 2), summary(new Observation("third", 0, 0, 2)));
        Profile before = profile();
        assertThat(before.topicsMastered()).containsExactly("half");

        assertThat(correct(id, true, "{}").changed()).isTrue();

        assertThat(memories()).extracting(Memory::id).doesNotContain(id).hasSize(1);
        assertThat(profile().topicProgress()).containsOnlyKeys("third");
        assertThat(profile().totalSessions()).isEqualTo(2);
        ProfileFold.assertStoredBitForBit(stores);

        assertThat(correct(id, false, "{}").changed()).isTrue();
        assertThat(memories()).hasSize(2);
        assertThat(profile()).isEqualTo(before);
        assertThat(correct(id, false, "{}").changed()).isFalse();
    }

    @Test
    void erasesWhatAHiddenSessionShowedFromTheProfileAsIfItHadNotBeen() {
        jobs.completed(transcript(session(student), 2), summary(new Observation("third", 0, 0, 2)));
        String without = topics();
        UUID id = remembered();
        assertThat(topics()).isNotEqualTo(without);

        correct(id, true, "{}");

        assertThat(topics()).isEqualTo(without);
    }

    @Test
    void laysACorrectionOverTheMemoryAndTheProfile() {
        UUID id = remembered();

        Corrected corrected = correct(id, null, """
                {"conversation_summary": "They halved.", "key_topics": ["decimal"], "understood": ["tenths"],
                 "struggling": ["thirds"], "progress": "none", "next_steps": "rest",
                 "observations": [{"topic": "half", "correctUnaided": 0, "correctWithHelp": 0, "incorrect": 3}]}
                """);

        Memory memory = memories().getFirst();
        assertThat(memory).isEqualTo(corrected.memory().memory());
        assertThat(memory.conversationSummary()).isEqualTo("They halved.");
        assertThat(memory.keyTopics()).containsExactly("decimal");
        assertThat(memory.learningInsights().understood()).containsExactly("tenths");
        assertThat(memory.learningInsights().struggling()).containsExactly("thirds");
        assertThat(memory.learningInsights().progress()).isEqualTo("none");
        assertThat(memory.nextSteps()).isEqualTo("rest");
        assertThat(memory.correctedAt()).isNotNull();
        assertThat(memory.evidence()).as("of what is no longer claimed").isEmpty();
        assertThat(profile().topicsStruggling()).containsExactly("half");
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void keepsEvidenceOfWhatStillStands() {
        UUID id = remembered();
        correct(id, null, "{\"understood\": [\"halves\", \"quarters\"]}");
        assertThat(memories().getFirst().evidence()).extracting(Evidence::claim).containsExactly("halves");
    }

    @Test
    void takesAnObservationOutWithoutCounts() {
        UUID id = remembered();
        correct(
                id,
                null,
                "{\"observations\": [{\"topic\": \"half\", \"correctUnaided\": 0, \"correctWithHelp\": 0, \"incorrect\": 0}]}");
        assertThat(profile().topicProgress()).isEmpty();
    }

    @Test
    void staysWhenANewRevisionOfTheSessionIsSummarised() {
        UUID id = remembered();
        correct(id, null, "{\"next_steps\": \"rest\", \"observations\": [{\"topic\": \"half\", \"incorrect\": 3}]}");

        jobs.completed(
                transcript(session, 8),
                summary("the newer", new Observation("halves", 5, 0, 0), new Observation("ninth", 0, 0, 1)));

        Memory memory = memories().getFirst();
        assertThat(memory.id()).isEqualTo(id);
        assertThat(memory.conversationSummary()).isEqualTo("the newer");
        assertThat(memory.nextSteps()).isEqualTo("rest");
        assertThat(profile().topicsStruggling()).containsExactly("half", "ninth");
        ProfileFold.assertStoredBitForBit(stores);
    }

    @Test
    void staysHiddenWhenANewRevisionOfTheSessionIsSummarised() {
        correct(remembered(), true, "{}");
        jobs.completed(transcript(session, 8), summary("the newer", new Observation("halves", 5, 0, 0)));
        assertThat(memories()).isEmpty();
        assertThat(profile().topicProgress()).isEmpty();
    }

    @Test
    void goesBackToWhatTheSummariserWroteWhenACorrectionIsTakenBack() {
        UUID id = remembered();
        Memory before = memories().getFirst();
        correct(id, null, "{\"next_steps\": \"rest\", \"key_topics\": []}");

        correct(id, null, "{\"next_steps\": null, \"key_topics\": null}");

        assertThat(memories()).containsExactly(before);
        assertThat(stores.rows("SELECT FROM memory.memory_correction WHERE memory_id = $1", id))
                .isEmpty();
    }

    @Test
    void isForThoseWhoMayAndForMemoriesThatAreThere() {
        UUID id = remembered();
        Change change = new Change(true, Stores.json().createObjectNode(), "wrong");
        assertThat(await(corrector().correct(id, room -> room.equals("another"), change, "ada")))
                .isEmpty();
        assertThat(await(corrector().correct(UUID.randomUUID(), room -> true, change, "ada")))
                .isEmpty();
        assertThat(await(corrector().review(id, room -> false))).isEmpty();
        assertThat(await(corrector().review(id, room -> room.equals(session.roomId()))))
                .isPresent();
        assertThat(memories()).hasSize(1);
    }

    @Test
    void isRecordedByTheNamesOfFieldsOnly() {
        UUID id = remembered();
        correct(id, true, "{\"next_steps\": \"words of a teacher\"}");
        correct(id, true, "{\"next_steps\": \"words of a teacher\"}");

        assertThat(stores.rows("""
                SELECT operator, action, changed, filter ->> 'memoryId' AS id, filter ->> 'fields' AS fields
                  FROM memory.operator_action WHERE filter ->> 'memoryId' = $1 ORDER BY id
                """, id.toString()))
                .extracting(
                        row -> row.getString("operator"),
                        row -> row.getString("action"),
                        row -> row.getLong("changed"),
                        row -> row.getString("fields"))
                .as("once: the second call changed nothing")
                .containsExactly(tuple("ada", "correct_memory", 1L, "[\"hidden\", \"next_steps\"]"));
        assertThat(String.valueOf(stores.everything().get("operator_action"))).doesNotContain("words of", "wrong");
    }

    @Test
    void goesWithTheStudent() {
        UUID id = remembered();
        correct(id, true, "{\"next_steps\": \"words-of-a-teacher\"}");
        assertThat(stores.everything().toString()).contains("words-of-a-teacher", "question 0");

        await(stores.bean(Eraser.class).erase(student, Optional.empty(), "admin"));

        assertThat(stores.everything().toString()).doesNotContain("words-of-a-teacher", student);
        assertThat(stores.rows("SELECT FROM memory.learning_preference WHERE memory_id = $1", id))
                .isEmpty();
    }

    private UUID remembered() {
        jobs.completed(
                transcript(session, 4),
                summary(new Observation("halves", 3, 0, 0))
                        .withPreferences(List.of(new Preference(Wish.VISUAL, 0, "question 0"))));
        return memories().getFirst().id();
    }

    private Corrected correct(UUID id, @Nullable Boolean hidden, String fields) {
        try {
            Change change = new Change(hidden, (ObjectNode) Stores.json().readTree(fields), "wrong");
            return await(corrector().correct(id, room -> room.equals(session.roomId()), change, "ada"))
                    .orElseThrow();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Corrector corrector() {
        return stores.bean(Corrector.class);
    }

    private Profile profile() {
        return ProfileFold.stored(stores, student, "tutor");
    }

    private String topics() {
        return (String) stores.value(
                "SELECT (statistics -> 'topics')::text || topic_progress::text"
                        + " FROM memory.student_learning_profiles WHERE student_id = $1",
                student);
    }

    private List<Memory> memories() {
        return await(stores.bean(MemoryReader.class).find(student, "tutor", Optional.empty(), null, 10))
                .memories();
    }
}
