package org.memoryqueue.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.profile.ProfileReader;
import org.memoryqueue.testing.Stores;

/** Rows of the old system that nobody would write on purpose; ids are text. */
class OddRowsTest {

    private static final Insights NOTHING = new Insights(List.of(), List.of(), "");

    private final Stores stores = new Stores();
    private OldSystem old;

    @BeforeEach
    void makeOldTables() {
        stores.start();
        old = new OldSystem(stores, "text");
    }

    @AfterEach
    void stop() {
        stores.stop();
    }

    static Stream<Arguments> oddInsights() {
        return Stream.of(
                Arguments.of("NULL", NOTHING),
                Arguments.of("'null'", NOTHING),
                Arguments.of("'{}'", NOTHING),
                Arguments.of("'[]'", NOTHING),
                Arguments.of("'[\"halves\"]'", NOTHING),
                Arguments.of("'17'", NOTHING),
                Arguments.of("'true'", NOTHING),
                Arguments.of("'\"\"'", NOTHING),
                Arguments.of("'{\"understood\": null, \"struggling\": null, \"progress\": null}'", NOTHING),
                Arguments.of("'{\"understood\": {\"a\": 1}, \"struggling\": 3, \"progress\": [\"up\"]}'", NOTHING),
                Arguments.of("'{\"progress\": \"🤔 ½\"}'", new Insights(List.of(), List.of(), "🤔 ½")),
                Arguments.of(
                        "'{\"understood\": [null, \"b\", 1, {\"x\": 2}, \"\", \" \", [\"c\"], \"a\"]}'",
                        new Insights(List.of("b", "a"), List.of(), "")),
                Arguments.of(
                        "'{\"understood\": \"halves\", \"struggling\": [\"thirds\"], \"more\": 1}'",
                        new Insights(List.of("halves"), List.of("thirds"), "")),
                Arguments.of("'\"did well\"'", new Insights(List.of(), List.of(), "did well")),
                Arguments.of("'\"{broken\"'", new Insights(List.of(), List.of(), "{broken")),
                Arguments.of(
                        "to_jsonb('{\"progress\": \"\\u0000\"}'::text)",
                        new Insights(List.of(), List.of(), "{\"progress\": \"\\u0000\"}")),
                Arguments.of("to_jsonb(repeat('[', 20000))", new Insights(List.of(), List.of(), "[".repeat(20000))),
                Arguments.of(
                        "to_jsonb('{\"understood\": [\"halves\"], \"progress\": \"up\"}'::text)",
                        new Insights(List.of("halves"), List.of(), "up")));
    }

    @ParameterizedTest
    @MethodSource("oddInsights")
    void readsInsightsOfAnyShape(String sql, Insights expected) {
        old.remembers("ada", Map.of("learning_insights", sql));
        assertThat(imported("ada").learningInsights()).isEqualTo(expected);
    }

    static Stream<Arguments> oddTopics() {
        return Stream.of(
                Arguments.of("NULL", List.of(), List.of()),
                Arguments.of("'{}'", List.of(), List.of()),
                Arguments.of("ARRAY[NULL, '', ' ', E'\\n']", List.of(), List.of()),
                Arguments.of("ARRAY['b', NULL, 'a', 'b']", List.of("b", "a"), List.of("a", "b")),
                Arguments.of("ARRAY[['a', 'b'], ['c', NULL]]", List.of("a", "b", "c"), List.of("a", "b", "c")),
                Arguments.of("'[5:6]={a,b}'::text[]", List.of("a", "b"), List.of("a", "b")),
                // As Java sorts them: the surrogates of the thinking face come before the full-width a.
                Arguments.of("ARRAY['Ａ', '🤔', 'ü', 'z']", List.of("Ａ", "🤔", "ü", "z"), List.of("z", "ü", "🤔", "ａ")),
                Arguments.of("ARRAY[repeat('x', 3000)]", List.of("x".repeat(3000)), List.of()));
    }

    @ParameterizedTest
    @MethodSource("oddTopics")
    void readsTopicsOfAnyShape(String sql, List<String> topics, List<String> ofProfile) {
        old.remembers("ada", Map.of("key_topics", sql));
        assertThat(imported("ada").keyTopics()).isEqualTo(topics);
        assertThat(ProfileFold.stored(stores, "ada", chatbot()).topicsInProgress())
                .isEqualTo(ofProfile);
    }

    static Stream<Arguments> oddNumbers() {
        return Stream.of(
                Arguments.of("NULL", "NULL", 1, 0, 1),
                Arguments.of("0", "0", 1, 0, 1),
                Arguments.of("-3", "-60", 1, 0, 1),
                Arguments.of("7", "1", 7, 1, 4),
                Arguments.of("2147483647", "2147483647", Integer.MAX_VALUE, Integer.MAX_VALUE, 1_073_741_824));
    }

    @ParameterizedTest
    @MethodSource("oddNumbers")
    void takesTheLeastThatASessionHasWhereANumberIsAbsentOrBelowIt(
            String messages, String seconds, int messageCount, int duration, int ofStudent) {
        old.remembers("ada", Map.of("message_count", messages, "session_duration_seconds", seconds));
        Memory memory = imported("ada");
        assertThat(memory.messageCount()).isEqualTo(messageCount);
        assertThat(memory.sessionDurationSeconds()).isEqualTo(duration);
        assertThat(ProfileFold.stored(stores, "ada", chatbot()).totalMessages()).isEqualTo(ofStudent);
    }

    @Test
    void readsAbsentTextsAsEmptyAndKeepsOthersToTheLetter() {
        old.remembers("ada", Map.of("conversation_summary", "NULL", "next_steps", "NULL"));
        old.remembers("eve", Map.of("conversation_summary", "E' ½ \"and\" \\\\ 🤔\\n'", "next_steps", "'日本語'"));

        assertThat(imported("ada")).returns("", Memory::conversationSummary).returns("", Memory::nextSteps);
        assertThat(imported("eve"))
                .returns(" ½ \"and\" \\ 🤔\n", Memory::conversationSummary)
                .returns("日本語", Memory::nextSteps);
    }

    @Test
    void bringsARowOnceWhoseOwnIdIsNoUuid() {
        old.remembers("ada", Map.of("id", "'memory 17'"));
        UUID id = imported("ada").id();
        assertThat(imported("ada").id()).isEqualTo(id);
    }

    @Test
    void leavesOutWhatNobodyCouldAskForAndSaysHowMany() {
        Map<String, String> odd = new HashMap<>();
        old.remembers("ada", odd);
        for (String student : List.of("", "ada@example.org", "a b", "é", "x".repeat(129))) {
            old.remembers(student, odd);
        }
        for (String column : List.of("student_id", "chatbot_id", "room_id", "created_at")) {
            old.remembers("ada", Map.of(column, "NULL"));
        }
        old.remembers("ada", Map.of("created_at", "'infinity'"));
        old.remembers("ada", Map.of("created_at", "'0044-03-15 BC'"));

        old.importAll();

        assertThat(old.check())
                .containsEntry("old memories", 12L)
                .containsEntry("left out: an id that the API refuses, or no time", 11L)
                .containsEntry("imported", 1L);
        assertThat(old.complaints()).isEmpty();
    }

    @Test
    void makesNoProfileOfAnOldOneWithoutMemoriesAndSaysHowMany() {
        old.run("""
                INSERT INTO public.student_learning_profiles
                       (student_id, chatbot_id, room_id, topics_mastered, topic_progress, total_sessions)
                VALUES ('eve', 'tutor', 'room', ARRAY['a', NULL], 'null', NULL),
                       ('bob', 'tutor', NULL, NULL, '"odd"', -1),
                       (NULL, NULL, NULL, NULL, NULL, NULL)
                """);
        old.importAll();
        assertThat(await(stores.bean(ProfileReader.class).find("eve", "tutor"))).isEmpty();
        assertThat(old.check()).containsEntry("old profiles without a memory, which have none here", 3L);
    }

    /** Imports, and reads the one memory of a student, whose profile must be the fold. */
    private Memory imported(String student) {
        old.importAll();
        assertThat(old.complaints()).isEmpty();
        Profile stored = ProfileFold.stored(stores, student, chatbot());
        assertThat(stored).isEqualTo(ProfileFold.of(stores, student, chatbot()));
        List<Memory> memories = await(
                        stores.bean(MemoryReader.class).find(student, chatbot(), Optional.empty(), null, 10))
                .memories();
        assertThat(memories).hasSize(1);
        return memories.getFirst();
    }

    private static String chatbot() {
        return "00000000-0000-4000-8000-00000000c4a7";
    }
}
