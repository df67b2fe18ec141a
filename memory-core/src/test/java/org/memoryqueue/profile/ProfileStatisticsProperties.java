package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.testing.Stores;

class ProfileStatisticsProperties {

    private static final Instant START = Instant.parse("2026-09-01T08:00:00Z");

    private final ObjectMapper json = Stores.json();

    @Property(tries = 300)
    void doNotDependOnTheOrderOfSessions(@ForAll("sessions") List<Contribution> sessions, @ForAll long seed) {
        List<Contribution> shuffled = new ArrayList<>(sessions);
        Collections.shuffle(shuffled, new Random(seed));
        assertThat(ProfileStatistics.of(shuffled)).isEqualTo(ProfileStatistics.of(sessions));
    }

    @Property(tries = 300)
    void doNotDependOnHowSessionsAreGrouped(
            @ForAll("sessions") List<Contribution> a,
            @ForAll("sessions") List<Contribution> b,
            @ForAll("sessions") List<Contribution> c) {
        ProfileStatistics first = ProfileStatistics.of(a);
        ProfileStatistics second = ProfileStatistics.of(b);
        ProfileStatistics third = ProfileStatistics.of(c);
        assertThat(first.plus(second).plus(third)).isEqualTo(first.plus(second.plus(third)));
        assertThat(first.plus(ProfileStatistics.NONE)).isEqualTo(first);
        assertThat(ProfileStatistics.NONE.plus(first)).isEqualTo(first);
    }

    @Property(tries = 300)
    void surviveBeingStored(@ForAll("sessions") List<Contribution> sessions) {
        StoredStatistics stored = new StoredStatistics(json);
        ProfileStatistics statistics = ProfileStatistics.of(sessions);
        assertThat(stored.read(stored.write(statistics))).isEqualTo(statistics);
    }

    @Property(tries = 300)
    void putEveryTopicIntoExactlyOneListOfTheProfile(@ForAll("sessions") List<Contribution> sessions) {
        ProfileStatistics statistics = ProfileStatistics.of(sessions);
        Profile profile = Profile.of(UUID.randomUUID(), "s", "c", statistics);
        List<String> listed = new ArrayList<>(profile.topicsMastered());
        listed.addAll(profile.topicsInProgress());
        listed.addAll(profile.topicsStruggling());
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(profile.topicProgress().keySet())
                .containsExactlyInAnyOrderElementsOf(statistics.topics().keySet());
        assertThat(profile.topicProgress().values())
                .allSatisfy(progress -> assertThat(progress.level()).isBetween(0, 100));
        assertThat(profile.totalSessions()).isEqualTo(sessions.size());
    }

    /** Few rooms, instants and topics, so that they meet. */
    @Provide
    Arbitrary<List<Contribution>> sessions() {
        Arbitrary<Integer> count = Arbitraries.integers().between(0, 5);
        Arbitrary<Observation> observation = Combinators.combine(Arbitraries.of("a", "b", "ç"), count, count, count)
                .as(Observation::new);
        return Combinators.combine(
                        Arbitraries.of("room 1", "room 2"),
                        Arbitraries.integers().between(0, 3).map(micros -> START.plusNanos(micros * 1_000L)),
                        Arbitraries.integers().between(1, 30),
                        observation.list().ofMaxSize(4))
                .as(Contribution::new)
                .list()
                .ofMaxSize(6);
    }
}
