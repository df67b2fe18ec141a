package org.memoryqueue.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Preference.Kind;
import org.memoryqueue.profile.Mastery.Standing;

/** A learning profile as the wire contract shows it, on a day: what is not practised fades. */
@RegisterForReflection
public record Profile(
        UUID id,
        @JsonProperty("student_id") String studentId,
        @JsonProperty("chatbot_id") String chatbotId,
        @JsonProperty("room_id") String roomId,
        @JsonProperty("topics_mastered") List<String> topicsMastered,
        @JsonProperty("topics_in_progress") List<String> topicsInProgress,
        @JsonProperty("topics_struggling") List<String> topicsStruggling,
        @JsonProperty("topic_progress") SortedMap<String, TopicProgress> topicProgress,

        @JsonProperty("preferred_explanation_style") @Nullable
        String preferredExplanationStyle,

        @JsonProperty("pace_preference") @Nullable String pacePreference,
        @JsonProperty("total_sessions") long totalSessions,
        @JsonProperty("total_messages") long totalMessages,
        @JsonProperty("last_session_at") @Nullable OffsetDateTime lastSessionAt) {

    /**
     * How far the student is with a topic.
     *
     * @param level the chance in percent that they get it right alone, 0 to 100
     * @param uncertainty the standard deviation of the level, 0 to 29; 29 when nothing is known
     * @param lastReviewed the newest session that showed something about it
     */
    @RegisterForReflection
    public record TopicProgress(
            int level,
            int uncertainty,
            @JsonProperty("last_reviewed") OffsetDateTime lastReviewed) {}

    static Profile of(UUID id, String studentId, String chatbotId, ProfileStatistics statistics, LocalDate day) {
        SortedMap<String, TopicProgress> progress = new TreeMap<>();
        SortedMap<String, Standing> standings = new TreeMap<>();
        statistics.topics().forEach((topic, sums) -> {
            Mastery mastery = Mastery.of(sums, day);
            progress.put(topic, new TopicProgress(mastery.level(), mastery.uncertainty(), utc(sums.lastReviewed())));
            standings.put(topic, mastery.standing());
        });
        return new Profile(
                id,
                studentId,
                chatbotId,
                statistics.last() == null ? "" : statistics.last().roomId(),
                topics(standings, Standing.MASTERED),
                topics(standings, Standing.IN_PROGRESS),
                topics(standings, Standing.STRUGGLING),
                progress,
                Preferences.clear(statistics.wishes(), Kind.EXPLANATION_STYLE).orElse(null),
                Preferences.clear(statistics.wishes(), Kind.PACE).orElse(null),
                statistics.sessions(),
                statistics.messages(),
                statistics.last() == null ? null : utc(statistics.last().at()));
    }

    /**
     * The profile on the day of its last session: what is stored. It depends on nothing but the observations, so that it can
     * be made again on any other day.
     */
    static Profile stored(UUID id, String studentId, String chatbotId, ProfileStatistics statistics) {
        LocalDate day = statistics.last() == null
                ? LocalDate.EPOCH
                : Forgetting.day(statistics.last().at());
        return of(id, studentId, chatbotId, statistics, day);
    }

    private static List<String> topics(SortedMap<String, Standing> standings, Standing standing) {
        return standings.entrySet().stream()
                .filter(topic -> topic.getValue() == standing)
                .map(topic -> topic.getKey())
                .toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
