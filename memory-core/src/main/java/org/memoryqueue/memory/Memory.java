package org.memoryqueue.memory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A memory as the wire contract shows it. Arrays and insights are never null.
 *
 * @param flags what a reader is warned of: words of {@link Flag}
 * @param correctedAt when somebody last put something right about it; null, and left out, where nobody did
 */
@RegisterForReflection
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
        List<Evidence> evidence,
        List<String> flags,

        @JsonProperty("corrected_at") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        OffsetDateTime correctedAt) {

    /** One that nobody corrected. */
    public Memory(
            UUID id,
            String studentId,
            String chatbotId,
            String roomId,
            String conversationSummary,
            List<String> keyTopics,
            Insights learningInsights,
            String nextSteps,
            int messageCount,
            int sessionDurationSeconds,
            OffsetDateTime createdAt,
            String generator,
            Assessment assessment,
            List<Evidence> evidence,
            List<String> flags) {
        this(
                id,
                studentId,
                chatbotId,
                roomId,
                conversationSummary,
                keyTopics,
                learningInsights,
                nextSteps,
                messageCount,
                sessionDurationSeconds,
                createdAt,
                generator,
                assessment,
                evidence,
                flags,
                null);
    }
}
