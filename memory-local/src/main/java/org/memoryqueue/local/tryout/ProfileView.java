package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The learning profile, for reading. */
final class ProfileView {
    private static final int BAR = 20;
    private static final int TOPICS_SHOWN = 8;

    private final Paper paper;

    ProfileView(Paper paper) {
        this.paper = paper;
    }

    void show(JsonNode profile) {
        paper.heading("The profile of " + profile.path("student_id").asText(), "folded from all sessions so far");
        paper.labelled(
                "Sessions",
                profile.path("total_sessions").asText() + ", with "
                        + profile.path("total_messages").asText() + " messages of the student");
        paper.labelled("Mastered", String.join(", ", MemoryView.texts(profile.path("topics_mastered"))));
        paper.labelled("In progress", String.join(", ", MemoryView.texts(profile.path("topics_in_progress"))));
        paper.labelled("Struggling", String.join(", ", MemoryView.texts(profile.path("topics_struggling"))));
        paper.labelled("Levels", levels(profile.path("topic_progress")));
        paper.labelled("Explain by", profile.path("preferred_explanation_style").asText(""));
        paper.labelled("Pace", profile.path("pace_preference").asText(""));
    }

    private static List<String> levels(JsonNode topics) {
        return topics.properties().stream()
                .sorted(Comparator.comparing((Map.Entry<String, JsonNode> topic) ->
                                topic.getValue().path("level").asInt())
                        .reversed())
                .limit(TOPICS_SHOWN)
                .map(topic -> bar(topic.getValue().path("level").asInt()) + " " + topic.getKey())
                .toList();
    }

    private static String bar(int level) {
        int filled = Math.clamp(Math.round(level * BAR / 100.0), 0, BAR);
        return "█".repeat(filled) + "░".repeat(BAR - filled) + " %3d".formatted(level);
    }
}
