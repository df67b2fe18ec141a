package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** One memory, for reading. */
final class MemoryView {
    private static final int QUOTES_SHOWN = 4;

    private final Paper paper;

    MemoryView(Paper paper) {
        this.paper = paper;
    }

    void show(String title, JsonNode memory) {
        long minutes = Math.round(memory.path("session_duration_seconds").asDouble() / 60);
        paper.heading(title, memory.path("message_count").asInt() + " messages, " + minutes + " min");
        JsonNode insights = memory.path("learning_insights");
        paper.labelled("Summary", memory.path("conversation_summary").asText());
        paper.labelled("Topics", String.join(", ", texts(memory.path("key_topics"))));
        paper.labelled("Understood", texts(insights.path("understood")));
        paper.labelled("Struggling", texts(insights.path("struggling")));
        paper.labelled("Progress", insights.path("progress").asText());
        paper.labelled("Next steps", memory.path("next_steps").asText());
        paper.labelled("Ended", ending(memory.path("assessment")));
        paper.labelled("Evidence", quotes(memory.path("evidence")));
        paper.labelled("Written by", memory.path("generator").asText());
    }

    private static String ending(JsonNode assessment) {
        String outcome = assessment.path("outcome").asText("unknown").replace('_', ' ');
        String confidence = ", with a confidence of " + percent(assessment.path("confidence"));
        JsonNode unaided = assessment.path("solved_unaided");
        return outcome
                + (outcome.equals("unknown") ? "" : confidence)
                + (unaided.isNumber() ? "; solved unaided: " + percent(unaided) : "");
    }

    private static List<String> quotes(JsonNode evidence) {
        return StreamSupport.stream(evidence.spliterator(), false)
                .filter(piece -> !piece.path("kind").asText().equals("topic"))
                .limit(QUOTES_SHOWN)
                .map(piece -> piece.path("kind").asText() + ", message "
                        + (piece.path("message_index").asInt() + 1) + ": \""
                        + piece.path("quote").asText() + "\"")
                .toList();
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String percent(JsonNode share) {
        return Math.round(share.asDouble() * 100) + " %";
    }
}
