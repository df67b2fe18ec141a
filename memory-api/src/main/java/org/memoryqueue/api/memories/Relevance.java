package org.memoryqueue.api.memories;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.MemoryOutline;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.topic.TopicName;

/**
 * Which memories a tutor should have before them. A memory counts by its age, half as much for each {@value #HALF_LIFE_DAYS}
 * days, times what it is about: 8 for the topic that was asked for, 4 for one the student struggles with, 2 for one in
 * progress, 1 for anything else. So what a student struggles with stays in view for two months longer than what they have
 * mastered. Ages are whole days before the newest memory, so the choice depends on no clock: it changes with what is
 * remembered, and when a topic moves between the lists of the profile, which it does from one day to the next at most.
 */
final class Relevance {

    private static final int HALF_LIFE_DAYS = 30;

    private final Set<String> asked;
    private final Set<String> struggling;
    private final Set<String> inProgress;

    /**
     * Judges by a profile.
     *
     * @param profile null where there is none
     * @param topic what the tutor is about to speak of
     */
    Relevance(@Nullable Profile profile, Optional<String> topic) {
        this.asked = topic.map(TopicName::normalised).map(Set::of).orElse(Set.of());
        this.struggling = profile == null ? Set.of() : new HashSet<>(profile.topicsStruggling());
        this.inProgress = profile == null ? Set.of() : new HashSet<>(profile.topicsInProgress());
    }

    /**
     * The ids of the memories that count most, first; of those that count the same the newer one.
     *
     * @param memories newest first
     */
    List<UUID> choose(List<MemoryOutline> memories, int most) {
        if (memories.isEmpty()) {
            return List.of();
        }
        LocalDate newest = day(memories.getFirst());
        return memories.stream()
                .sorted(Comparator.comparingDouble((MemoryOutline memory) -> weight(memory, newest))
                        .reversed())
                .limit(most)
                .map(MemoryOutline::id)
                .toList();
    }

    private double weight(MemoryOutline memory, LocalDate newest) {
        long days = ChronoUnit.DAYS.between(day(memory), newest);
        return about(memory) * StrictMath.pow(2, -days / (double) HALF_LIFE_DAYS);
    }

    private int about(MemoryOutline memory) {
        Set<String> topics =
                memory.keyTopics().stream().map(TopicName::normalised).collect(Collectors.toSet());
        if (topics.stream().anyMatch(asked::contains)) {
            return 8;
        }
        if (topics.stream().anyMatch(struggling::contains)) {
            return 4;
        }
        return topics.stream().anyMatch(inProgress::contains) ? 2 : 1;
    }

    private static LocalDate day(MemoryOutline memory) {
        return memory.createdAt().withOffsetSameInstant(ZoneOffset.UTC).toLocalDate();
    }
}
