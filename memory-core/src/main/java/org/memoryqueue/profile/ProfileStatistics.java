package org.memoryqueue.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Preference.Wish;

/**
 * The sums from which a profile follows. Adding is commutative and associative, so a profile does not depend on the
 * order in which sessions finish, and can be rebuilt from the stored observations bit for bit.
 *
 * @param version which rules they were made by; those of others are not added to, but made anew
 * @param sessions how many sessions
 * @param messages how many messages the student wrote in them
 * @param last the newest session, null before the first
 * @param topics the sums of each topic
 * @param wishes in how many sessions the student asked for what, by {@link Wish#word()}
 */
@RegisterForReflection
record ProfileStatistics(
        int version,
        long sessions,
        long messages,
        @Nullable LastSession last,
        SortedMap<String, TopicStatistics> topics,
        SortedMap<String, Long> wishes) {

    /**
     * To be raised whenever the same observations may give other sums: with the half-life, the weights, or the normal form
     * of topics. Version 1 had none, and no weights.
     */
    static final int VERSION = 2;

    /** No session at all. */
    static final ProfileStatistics NONE = new ProfileStatistics(VERSION, 0, 0, null, new TreeMap<>(), new TreeMap<>());

    /** The newest session: the later one, and of two at the same instant the one whose room sorts last. */
    @RegisterForReflection
    record LastSession(Instant at, String roomId) {

        private static final Comparator<LastSession> NEWEST_LAST =
                Comparator.comparing(LastSession::at).thenComparing(LastSession::roomId);
    }

    static ProfileStatistics of(Contribution contribution) {
        SortedMap<String, TopicStatistics> topics = new TreeMap<>();
        contribution
                .observations()
                .forEach(observation -> topics.merge(
                        observation.topic(),
                        TopicStatistics.of(observation, contribution.at()),
                        TopicStatistics::plus));
        SortedMap<String, Long> wishes = new TreeMap<>();
        contribution.wishes().forEach(wish -> wishes.put(wish.word(), 1L));
        return new ProfileStatistics(
                VERSION,
                1,
                contribution.studentMessages(),
                new LastSession(contribution.at(), contribution.roomId()),
                topics,
                wishes);
    }

    /** The fold over sessions. */
    static ProfileStatistics of(Collection<Contribution> contributions) {
        return contributions.stream().map(ProfileStatistics::of).reduce(NONE, ProfileStatistics::plus);
    }

    /** The sum of both. */
    ProfileStatistics plus(ProfileStatistics other) {
        SortedMap<String, TopicStatistics> sum = new TreeMap<>(topics);
        other.topics.forEach((topic, statistics) -> sum.merge(topic, statistics, TopicStatistics::plus));
        LastSession newest = Stream.of(last, other.last)
                .flatMap(Stream::ofNullable)
                .max(LastSession.NEWEST_LAST)
                .orElse(null);
        SortedMap<String, Long> asked = new TreeMap<>(wishes);
        other.wishes.forEach((wish, times) -> asked.merge(wish, times, Long::sum));
        return new ProfileStatistics(VERSION, sessions + other.sessions, messages + other.messages, newest, sum, asked);
    }
}
