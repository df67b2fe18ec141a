package org.memoryqueue.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.profile.Mastery.Standing;

/** A learning profile as the wire contract shows it. */
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
     * @param level 0 to 100
     * @param lastReviewed the newest session that showed something about it
     */
    public record TopicProgress(
            int level, @JsonProperty("last_reviewed") OffsetDateTime lastReviewed) {}

    static Profile of(UUID id, String studentId, String chatbotId, ProfileStatistics statistics) {
        SortedMap<String, TopicProgress> progress = new TreeMap<>();
        statistics
                .topics()
                .forEach((topic, sums) ->
                        progress.put(topic, new TopicProgress(Mastery.level(sums), utc(sums.lastReviewed()))));
        return new Profile(
                id,
                studentId,
                chatbotId,
                statistics.last() == null ? "" : statistics.last().roomId(),
                topics(statistics, Standing.MASTERED),
                topics(statistics, Standing.IN_PROGRESS),
                topics(statistics, Standing.STRUGGLING),
                progress,
                null,
                null,
                statistics.sessions(),
                statistics.messages(),
                statistics.last() == null ? null : utc(statistics.last().at()));
    }

    private static List<String> topics(ProfileStatistics statistics, Standing standing) {
        return statistics.topics().entrySet().stream()
                .filter(topic -> Mastery.standing(topic.getValue()) == standing)
                .map(topic -> topic.getKey())
                .toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
