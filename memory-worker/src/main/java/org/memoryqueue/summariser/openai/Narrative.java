package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Summary;

/**
 * What is told of a session, or of some of its parts, beside the findings: what cannot be put together without
 * understanding it.
 *
 * @param summary never blank
 * @param progress empty where none shows
 * @param nextSteps empty where none show
 * @param assessment how it ended
 */
record Narrative(String summary, String progress, String nextSteps, Assessment assessment) {

    static Narrative of(Summary part) {
        return new Narrative(
                part.conversationSummary(), part.insights().progress(), part.nextSteps(), part.assessment());
    }

    /** Reads an answer that keeps to {@link AnswerSchema#NARRATIVE}. */
    static Narrative of(JsonNode answer) {
        return new Narrative(
                Proof.text(answer, "summary"),
                Proof.text(answer, "progress"),
                Proof.text(answer, "next_steps"),
                Proof.assessment(answer.get("assessment")));
    }

    /** As it is shown to a model, on one line. */
    String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("summary", summary)
                .put("progress", progress)
                .put("next_steps", nextSteps)
                .put("outcome", assessment.outcome().word())
                .put("solved_unaided", assessment.solvedUnaided())
                .put("confidence", assessment.confidence());
        return json.toString();
    }
}
