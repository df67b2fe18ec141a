package org.memoryqueue.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.testing.Stores.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.testing.Stores;

class ImportTest {

    private static final String CHATBOT = "00000000-0000-4000-8000-00000000c4a7";
    private static final String STUDENT = "0f0e0d0c-0b0a-4908-8706-050403020100";

    private final Stores stores = new Stores();
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
    void bringsAMemoryAsItWas() {
        UUID id = old.remembers(STUDENT, Map.of());

        old.importAll();

        assertThat(memories())
                .containsExactly(new Memory(
                        id,
                        STUDENT,
                        CHATBOT,
                        "00000000-0000-4000-8000-000000000007",
                        "They talked.",
                        List.of("fractions"),
                        new Insights(List.of("halves"), List.of("thirds"), "moved on"),
                        "practise thirds",
                        6,
                        300,
                        OffsetDateTime.parse("2026-05-04T10:05:03.25Z"),
                        "imported",
                        Assessment.NONE,
                        List.of(),
                        List.of()));
        assertThat(stores.value("""
                SELECT session_start = '2026-05-04 10:00:03.25+00' AND accepted_at = created_at AND job_id = 0
                       AND revision = 1 AND fingerprint = '' AND student_message_count = 3
                  FROM memory.student_chat_memories
                """)).isEqualTo(true);
    }

    @Test
    void foldsTheProfileFromTheMemories() {
        old.remembers(STUDENT, "2026-05-04 10:05:03.25+00", 300, 6);
        old.remembers(STUDENT, Map.of("created_at", "'2026-05-05 10:05+00'", "key_topics", "ARRAY['½', 'fractions']"));

        old.importAll();

        Profile profile = ProfileFold.stored(stores, STUDENT, CHATBOT);
        assertThat(profile).isEqualTo(ProfileFold.of(stores, STUDENT, CHATBOT));
        assertThat(profile.totalSessions()).isEqualTo(2);
        assertThat(profile.totalMessages()).isEqualTo(6);
        assertThat(profile.lastSessionAt()).isEqualTo(OffsetDateTime.parse("2026-05-05T10:05:00Z"));
        assertThat(profile.topicsInProgress()).containsExactly("fraction", "½");
        assertThat(profile.topicsMastered()).isEmpty();
        assertThat(profile.topicsStruggling()).isEmpty();
        assertThat(profile.topicProgress().values())
                .extracting(Profile.TopicProgress::level)
                .containsOnly(50);
    }

    @Test
    void changesNothingTheSecondTime() {
        old.remembers(STUDENT, "2026-05-04 10:05+00", 300, 6);
        old.remembers(STUDENT, "2026-05-04 10:05:02+00", 301, 6);
        old.importAll();
        Map<String, List<String>> once = stores.everything();

        old.importAll();

        assertThat(stores.everything()).isEqualTo(once);
    }

    @Test
    void fetchesWhatTheOldSystemHasAddedSince() {
        UUID first = old.remembers(STUDENT, "2026-05-04 10:05+00", 300, 6);
        old.importAll();
        UUID second = old.remembers(STUDENT, "2026-05-05 10:05+00", 300, 6);

        old.importAll();

        assertThat(memories()).extracting(Memory::id).containsExactly(second, first);
        assertThat(ProfileFold.stored(stores, STUDENT, CHATBOT).totalSessions()).isEqualTo(2);
    }

    @Test
    void bringsOneMemoryOfASessionThatWasSavedTwice() {
        old.remembers(STUDENT, "2026-05-04 10:05:00.1+00", 300, 6);
        UUID later = old.remembers(STUDENT, "2026-05-04 10:05:00.2+00", 300, 6);
        // Worked on with some delay, which the duration does not know of.
        old.remembers(STUDENT, "2026-05-06 10:05:00+00", 300, 6);
        UUID delayed = old.remembers(STUDENT, "2026-05-06 10:08:00+00", 300, 6);
        // Saved again when it had grown.
        UUID longer = old.remembers(STUDENT, "2026-05-08 10:20:02+00", 1200, 14);
        old.remembers(STUDENT, "2026-05-08 10:05:00+00", 301, 6);

        old.importAll();

        assertThat(memories()).extracting(Memory::id).containsExactly(longer, delayed, later);
    }

    @Test
    void bringsEverySessionThatFollowsAnother() {
        old.remembers(STUDENT, "2026-05-04 10:05+00", 240, 6);
        old.remembers(STUDENT, "2026-05-04 10:09+00", 200, 6);
        old.remembers(STUDENT, "2026-05-04 10:11+00", 60, 8);
        old.remembers(STUDENT, Map.of("created_at", "'2026-05-04 10:05+00'", "room_id", "gen_random_uuid()"));

        old.importAll();

        assertThat(memories()).hasSize(4);
    }

    @Test
    void replacesAMemoryWhenTheOldSystemSavesItsSessionAtGreaterLength() {
        old.remembers(STUDENT, "2026-05-04 10:05:00+00", 300, 6);
        old.importAll();
        UUID longer = old.remembers(STUDENT, "2026-05-04 10:15:01+00", 900, 12);

        old.importAll();

        assertThat(memories()).extracting(Memory::id).containsExactly(longer);
        assertThat(ProfileFold.stored(stores, STUDENT, CHATBOT).totalMessages()).isEqualTo(6);
        assertThat(old.complaints()).isEmpty();
    }

    @Test
    void tellsWhatIsMissingAndWhatIsWrong() {
        old.remembers(STUDENT, "2026-05-04 10:05:00+00", 300, 6);
        assertThat(old.complaints()).containsOnlyKeys("not here yet, or other than in the old table!");
        old.importAll();
        assertThat(old.complaints()).isEmpty();

        stores.rows("UPDATE memory.student_learning_profiles SET total_messages = 99");
        assertThat(old.complaints()).containsOnlyKeys("profiles that do not count what their memories add up to!");

        old.remembers(STUDENT, "2026-05-04 10:15:01+00", 900, 12);
        assertThat(old.complaints()).containsKey("imported, but to be taken back!");
    }

    @Test
    void leavesNothingBehindWhenRolledBack() {
        Map<String, List<String>> before = stores.everything();
        old.remembers(STUDENT, Map.of());
        old.importAll();
        assertThat(stores.everything()).isNotEqualTo(before);

        old.rollBack();
        old.rollBack();

        assertThat(stores.everything()).isEqualTo(before);
        old.importAll();
        assertThat(memories()).hasSize(1);
    }

    @Test
    void changesNothingWhileSomebodyHoldsAProfile() throws SQLException {
        old.remembers(STUDENT, "2026-05-04 10:05+00", 300, 6);
        old.importAll();
        old.remembers(STUDENT, "2026-05-05 10:05+00", 300, 6);
        Map<String, List<String>> before = stores.everything();

        try (Connection holder = old.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("SELECT FROM memory.student_learning_profiles FOR UPDATE");
            assertThatThrownBy(old::importAll).hasMessageContaining("lock timeout");
        }

        assertThat(stores.everything()).isEqualTo(before);
        old.importAll();
        assertThat(memories()).hasSize(2);
    }

    private List<Memory> memories() {
        return await(stores.bean(MemoryReader.class).find(STUDENT, CHATBOT, Optional.empty(), null, 100))
                .memories();
    }
}
