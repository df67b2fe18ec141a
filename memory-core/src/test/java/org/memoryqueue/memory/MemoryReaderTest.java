package org.memoryqueue.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.student;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;
import static org.memoryqueue.testing.Stores.await;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.transcript.Session;

class MemoryReaderTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.linger", "1ms");

    private final Jobs jobs = new Jobs(stores);

    @Test
    void readsWhatWasWritten() {
        Session session = session();
        Summary summary = summary("They talked about ½ \"and\" 🤔.");
        jobs.completed(transcript(session, 5), summary);

        Memory memory = find(session.studentId(), null, 1).memories().getFirst();

        assertThat(memory.studentId()).isEqualTo(session.studentId());
        assertThat(memory.chatbotId()).isEqualTo(session.chatbotId());
        assertThat(memory.roomId()).isEqualTo(session.roomId());
        assertThat(memory.conversationSummary()).isEqualTo(summary.conversationSummary());
        assertThat(memory.keyTopics()).isEqualTo(summary.keyTopics());
        assertThat(memory.learningInsights()).isEqualTo(summary.insights());
        assertThat(memory.nextSteps()).isEqualTo(summary.nextSteps());
        assertThat(memory.messageCount()).isEqualTo(5);
        assertThat(memory.generator()).isEqualTo(summary.generator());
        assertThat(memory.assessment()).isEqualTo(summary.assessment());
        assertThat(memory.evidence()).isEqualTo(summary.evidence());
        assertThat(memory.flags()).isEmpty();
    }

    @Test
    void readsASummaryThatFoundNothing() {
        Session session = session();
        Insights none = new Insights(List.of(), List.of(), "");
        jobs.completed(
                transcript(session, 2),
                new Summary("test/1", "Hello.", List.of(), none, "", Assessment.NONE, List.of(), List.of()));
        Memory memory = find(session.studentId(), null, 1).memories().getFirst();
        assertThat(memory.keyTopics()).isEmpty();
        assertThat(memory.learningInsights()).isEqualTo(none);
        assertThat(memory.assessment()).isEqualTo(Assessment.NONE);
        assertThat(memory.evidence()).isEmpty();
    }

    @Test
    void readsTheFlagsOfTheNewestRevision() {
        Session session = session();
        jobs.completed(transcript(session, 2), summary().flagged(Flag.INSTRUCTIONS_IN_TRANSCRIPT));
        Memory flagged = find(session.studentId(), null, 1).memories().getFirst();
        assertThat(flagged.flags()).containsExactly("instructions_in_transcript");

        jobs.completed(transcript(session, 4), summary());
        assertThat(find(session.studentId(), null, 1).memories().getFirst().flags())
                .isEmpty();
    }

    @Test
    void isEmptyForAStrangerAndForAnotherChatbot() {
        Session session = session();
        jobs.completed(transcript(session, 2), summary());
        assertThat(find(student(), null, 5)).isEqualTo(new Page(List.of(), Optional.empty()));
        assertThat(await(stores.bean(MemoryReader.class)
                                .find(session.studentId(), "another", Optional.empty(), null, 5))
                        .memories())
                .isEmpty();
    }

    @Test
    void leadsThroughAllPagesNewestFirstWithoutGapOrRepetition() {
        String student = student();
        for (int i = 0; i < 7; i++) {
            jobs.completed(transcript(session(student), 2), summary("session " + i));
        }
        // Some were created at the same moment: their ids decide.
        stores.rows("""
                UPDATE memory.student_chat_memories SET created_at = date_trunc('hour', created_at)
                 WHERE student_id = $1 AND conversation_summary IN ('session 1', 'session 2', 'session 3', 'session 4')
                """, student);
        for (int limit : List.of(1, 2, 3, 7, 8)) {
            List<Memory> read = new ArrayList<>();
            Optional<Cursor> next = Optional.empty();
            int pages = 0;
            do {
                Page page = find(student, next.orElse(null), limit);
                assertThat(page.memories()).hasSizeBetween(1, limit);
                read.addAll(page.memories());
                next = page.next().flatMap(cursor -> Cursor.parse(cursor.text()));
                pages++;
            } while (next.isPresent());
            assertThat(pages).isEqualTo((7 + limit - 1) / limit);
            assertThat(read).extracting(Memory::id).doesNotHaveDuplicates().hasSize(7);
            assertThat(read).extracting(Memory::createdAt).isSortedAccordingTo((a, b) -> b.compareTo(a));
            assertThat(read).extracting(Memory::conversationSummary).startsWith("session 6", "session 5", "session 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"0001-01-01T00:00:00Z, 0", "9999-12-31T23:59:59.999999Z, 1"})
    void takesEveryCursorThatCanBeRead(String createdAt, int after) {
        Session session = session();
        jobs.completed(transcript(session, 2), summary());
        Cursor cursor = new Cursor(OffsetDateTime.parse(createdAt), UUID.randomUUID());
        assertThat(find(session.studentId(), Cursor.parse(cursor.text()).orElseThrow(), 5)
                        .memories())
                .hasSize(after);
    }

    @Test
    void outlinesMemoriesAsTheyWereCorrectedAndReadsThoseThatAreChosen() {
        String student = student();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            jobs.completed(transcript(session(student), 2), summary("session " + i));
            ids.addFirst(find(student, null, 1).memories().getFirst().id());
        }
        correct(ids.get(1), "{\"key_topics\": [\"decimal\", \"ratio\"]}", false);
        correct(ids.get(2), "{\"next_steps\": \"Rest.\"}", false);
        correct(ids.get(3), "{}", true);
        MemoryReader reader = stores.bean(MemoryReader.class);

        List<MemoryOutline> outlines = await(reader.outlines(student, "tutor", Optional.empty(), 100));

        List<Memory> whole = find(student, null, 100).memories();
        assertThat(outlines)
                .isEqualTo(whole.stream()
                        .map(memory -> new MemoryOutline(memory.id(), memory.createdAt(), memory.keyTopics()))
                        .toList());
        assertThat(outlines.get(1).keyTopics()).containsExactly("decimal", "ratio");
        assertThat(outlines).extracting(MemoryOutline::id).isEqualTo(ids.subList(0, 3));
        assertThat(await(reader.outlines(student, "tutor", Optional.of(Set.of("elsewhere")), 100)))
                .isEmpty();
        assertThat(await(reader.find(List.of(ids.get(2), ids.get(3), UUID.randomUUID(), ids.get(0)))))
                .containsExactly(whole.get(2), whole.get(0));
    }

    private static void correct(UUID id, String fields, boolean hidden) {
        stores.rows("""
                INSERT INTO memory.memory_correction (memory_id, fields, hidden, reason)
                VALUES ($1, $2::text::jsonb, $3, 'A reason.')
                """, id, fields, hidden);
    }

    @Test
    void isSpeltAsOnTheWire() throws Exception {
        Session session = session();
        jobs.completed(transcript(session, 2), summary());
        Memory memory = find(session.studentId(), null, 1).memories().getFirst();
        var json = Stores.json().readTree(Stores.json().writeValueAsString(memory));
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "id",
                        "student_id",
                        "chatbot_id",
                        "room_id",
                        "conversation_summary",
                        "key_topics",
                        "learning_insights",
                        "next_steps",
                        "message_count",
                        "session_duration_seconds",
                        "created_at",
                        "generator",
                        "assessment",
                        "evidence",
                        "flags");
        assertThat(json.get("created_at").isTextual()).isTrue();
        assertThat(json.get("assessment").toString())
                .isEqualTo("{\"solved_unaided\":0.5,\"outcome\":\"solved_with_help\",\"confidence\":0.75}");
        assertThat(json.get("evidence").get(0).toString())
                .isEqualTo(
                        "{\"kind\":\"understood\",\"claim\":\"halves\",\"message_index\":0,\"quote\":\"question 0\"}");
    }

    private static Page find(String student, @Nullable Cursor after, int limit) {
        return await(stores.bean(MemoryReader.class).find(student, "tutor", Optional.empty(), after, limit));
    }
}
