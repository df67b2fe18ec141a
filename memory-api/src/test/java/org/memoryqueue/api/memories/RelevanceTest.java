package org.memoryqueue.api.memories;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.MemoryOutline;
import org.memoryqueue.profile.Profile;

class RelevanceTest {

    private static final OffsetDateTime NEWEST = OffsetDateTime.parse("2026-03-31T23:30:00Z");

    @Test
    void takesTheNewestWhereNothingElseIsKnown() {
        assertThat(chosen(new Relevance(null, Optional.empty()), 2, memory(0, "a"), memory(1, "b"), memory(2, "c")))
                .containsExactly("a 0", "b 1");
    }

    @Test
    void keepsWhatTheStudentStrugglesWithInViewForTwoMonths() {
        Relevance relevance = new Relevance(profile("fraction", "decimal"), Optional.empty());

        assertThat(chosen(
                        relevance,
                        3,
                        memory(0, "poem"),
                        memory(1, "poem"),
                        memory(29, "Decimals"),
                        memory(58, "Fractions")))
                .containsExactly("Fractions 58", "Decimals 29", "poem 0");
        assertThat(chosen(relevance, 1, memory(0, "poem"), memory(61, "fraction")))
                .containsExactly("poem 0");
    }

    @Test
    void bringsTheTopicThatIsAskedForFirst() {
        Relevance relevance = new Relevance(profile("fraction", "decimal"), Optional.of(" ANGLES"));

        assertThat(chosen(relevance, 2, memory(0, "fraction"), memory(20, "angle"), memory(30, "decimal")))
                .containsExactly("angle 20", "fraction 0");
    }

    @Test
    void countsWholeDays() {
        Relevance relevance = new Relevance(null, Optional.empty());
        MemoryOutline late = memory(NEWEST.minusDays(1).plusMinutes(20), "late");
        MemoryOutline early = memory(NEWEST.minusDays(1).minusHours(20), "early");

        assertThat(chosen(relevance, 3, memory(0, "now"), late, early)).containsExactly("now 0", "late 0", "early 0");
    }

    @Test
    void choosesNoMoreThanAskedForOfAsManyAsThereAre() {
        List<MemoryOutline> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add(memory(i, "topic " + i));
        }
        assertThat(new Relevance(null, Optional.empty()).choose(many, 3)).hasSize(3);
        assertThat(new Relevance(null, Optional.empty()).choose(List.of(), 3)).isEmpty();
    }

    private static List<String> chosen(Relevance relevance, int most, MemoryOutline... memories) {
        List<MemoryOutline> all = List.of(memories);
        return relevance.choose(all, most).stream()
                .flatMap(id -> all.stream().filter(memory -> memory.id().equals(id)))
                .map(memory -> memory.keyTopics().getFirst() + " " + memory.id().getMostSignificantBits())
                .toList();
    }

    private static MemoryOutline memory(int daysAgo, String topic) {
        return memory(NEWEST.minusDays(daysAgo), topic, daysAgo);
    }

    private static MemoryOutline memory(OffsetDateTime at, String topic) {
        return memory(at, topic, 0);
    }

    private static MemoryOutline memory(OffsetDateTime at, String topic, int number) {
        return new MemoryOutline(new UUID(number, topic.hashCode()), at, List.of(topic));
    }

    private static Profile profile(String struggling, String inProgress) {
        return new Profile(
                new UUID(1, 2),
                "ada",
                "tutor",
                "room-1",
                List.of(),
                List.of(inProgress),
                List.of(struggling),
                new TreeMap<>(),
                null,
                null,
                3,
                12,
                NEWEST);
    }
}
