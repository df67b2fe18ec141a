package org.memoryqueue.memory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/** A memory as the wire contract shows it. Arrays and insights are never null. */
public record Memory(
        UUID id,
        @JsonProperty("student_id") String studentId,
        @JsonProperty("chatbot_id") String chatbotId,
        @JsonProperty("room_id") String roomId,
        @JsonProperty("conversation_summary") String conversationSummary,
        @JsonProperty("key_topics") List<String> keyTopics,
        @JsonProperty("learning_insights") Insights learningInsights,
        @JsonProperty("next_steps") String nextSteps,
        @JsonProperty("message_count") int messageCount,
        @JsonProperty("session_duration_seconds") int sessionDurationSeconds,
        @JsonProperty("created_at") OffsetDateTime createdAt,
        String generator,
        Assessment assessment,
        List<Evidence> evidence) {}
