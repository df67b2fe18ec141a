package org.memoryqueue.local.tryout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConversationTest {
    @Test
    void occursInAllThreePriorities() throws Exception {
        assertThat(Conversation.all())
                .extracting(conversation -> conversation.messages().size())
                .anyMatch(messages -> messages > 20)
                .anyMatch(messages -> messages >= 8 && messages <= 20)
                .anyMatch(messages -> messages < 8);
    }

    @Test
    void isHandedInAsTheContractWantsIt() throws Exception {
        for (Conversation conversation : Conversation.all()) {
            JsonNode body = conversation.endedAt(Instant.parse("2026-11-24T10:00:00.123Z"));
            assertThat(body.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder("studentId", "chatbotId", "roomId", "messages", "sessionStartTime");
            assertThat(Instant.parse(body.path("sessionStartTime").asText())).isBefore("2026-11-24T10:00:00Z");
            assertThat(body.path("messages")).allSatisfy(message -> {
                assertThat(message.path("role").asText()).isIn("user", "assistant");
                assertThat(message.path("content").asText()).isNotBlank();
            });
        }
    }

    @Test
    void isWrappedBetweenWords() {
        assertThat(Wrapping.wrap("one two  three\nfour", 9)).containsExactly("one two", "three", "four");
        assertThat(Wrapping.wrap("unbelievable", 5)).containsExactly("unbelievable");
    }
}
