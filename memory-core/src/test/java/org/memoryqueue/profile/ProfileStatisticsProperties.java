package org.memoryqueue.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
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
import net.jqwik.api.constraints.IntRange;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference.Wish;
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
        assertThat(stored.read(stored.write(statistics))).contains(statistics);
    }

    @Property(tries = 300)
    void putEveryTopicIntoExactlyOneListOfTheProfile(@ForAll("sessions") List<Contribution> sessions) {
        ProfileStatistics statistics = ProfileStatistics.of(sessions);
        Profile profile = Profile.stored(UUID.randomUUID(), "s", "c", statistics);
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

    @Property(tries = 300)
    void canBeTakenApartAgain(
            @ForAll("sessions") List<Contribution> kept, @ForAll("sessions") List<Contribution> erased) {
        List<Contribution> all = new ArrayList<>(kept);
        all.addAll(erased);
        ProfileStatistics left = ProfileStatistics.of(kept);
        ProfileStatistics gone = ProfileStatistics.of(erased);
        ProfileStatistics.of(all).topics().forEach((topic, sum) -> {
            Weights of = weights(left, topic);
            Weights without = weights(gone, topic);
            assertThat(sum.weights().correctUnaided().subtract(without.correctUnaided()))
                    .isEqualTo(of.correctUnaided());
            assertThat(sum.weights().correctWithHelp().subtract(without.correctWithHelp()))
                    .isEqualTo(of.correctWithHelp());
            assertThat(sum.weights().incorrect().subtract(without.incorrect())).isEqualTo(of.incorrect());
        });
    }

    private static Weights weights(ProfileStatistics statistics, String topic) {
        TopicStatistics found = statistics.topics().get(topic);
        return found == null ? new Weights(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO) : found.weights();
    }

    @Property(tries = 300)
    void fadeFromDayToDayAndNeverGoOutOfBounds(
            @ForAll("sessions") List<Contribution> sessions, @ForAll @IntRange(max = 5_000) int days) {
        LocalDate day = Forgetting.day(START).plusDays(days);
        ProfileStatistics.of(sessions).topics().values().forEach(topic -> {
            Mastery mastery = Mastery.of(topic, day);
            assertThat(mastery.mean()).isBetween(0.0, 1.0);
            assertThat(mastery.deviation()).isBetween(0.0, 0.2887);
            assertThat(Mastery.of(topic, day.plusDays(1)).mean()).isLessThanOrEqualTo(mastery.mean() + 1e-12);
        });
    }

    /** Few rooms, instants and topics, so that they meet. */
    @Provide
    Arbitrary<List<Contribution>> sessions() {
        Arbitrary<Integer> count = Arbitraries.integers().between(0, 5);
        Arbitrary<Observation> observation = Combinators.combine(Arbitraries.of("a", "b", "ç"), count, count, count)
                .as(Observation::new);
        return Combinators.combine(
                        Arbitraries.of("room 1", "room 2"),
                        Arbitraries.integers()
                                .between(0, 3)
                                .map(step ->
                                        START.plusSeconds(step * 40L * 86_400).plusNanos(step * 1_000L)),
                        Arbitraries.integers().between(1, 30),
                        observation.list().ofMaxSize(4),
                        Arbitraries.of(Wish.class).set().ofMaxSize(2))
                .as(Contribution::new)
                .list()
                .ofMaxSize(6);
    }
}
