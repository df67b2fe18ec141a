package org.memoryqueue.api.memories;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.correction.Corrector;
import org.memoryqueue.memory.Correction;
import org.memoryqueue.memory.Memory;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.ReviewedMemory;

/**
 * A memory for somebody who may put it right.
 *
 * @param changed whether the call changed it; left out where it only showed it
 * @param hidden whether it is left out wherever memories are shown
 * @param corrected which fields were corrected
 * @param reason why it was last corrected or hidden; null where it never was
 * @param memory as it was corrected
 * @param observations what the session showed about single topics, as it was corrected
 */
public record ReviewAnswer(
        boolean success,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean changed,
        boolean hidden,
        List<String> corrected,
        @Nullable String reason,
        Memory memory,
        List<Observed> observations) {

    /** How often the student was right or wrong. */
    public record Observed(
            String topic,
            @JsonProperty("correct_unaided") int correctUnaided,
            @JsonProperty("correct_with_help") int correctWithHelp,
            int incorrect) {

        static Observed of(Observation observation) {
            return new Observed(
                    observation.topic(),
                    observation.correctUnaided(),
                    observation.correctWithHelp(),
                    observation.incorrect());
        }
    }

    static ReviewAnswer of(ReviewedMemory reviewed) {
        return of(reviewed, null);
    }

    static ReviewAnswer of(Corrector.Corrected corrected) {
        return of(corrected.memory(), corrected.changed());
    }

    private static ReviewAnswer of(ReviewedMemory reviewed, @Nullable Boolean changed) {
        return new ReviewAnswer(
                true,
                changed,
                reviewed.hidden(),
                names(reviewed.correction()),
                reviewed.reason(),
                reviewed.memory(),
                reviewed.observations().stream().map(Observed::of).toList());
    }

    private static List<String> names(Correction correction) {
        List<String> names = new ArrayList<>();
        name(names, "conversation_summary", correction.conversationSummary());
        name(names, "key_topics", correction.keyTopics());
        name(names, "learning_insights.understood", correction.understood());
        name(names, "learning_insights.struggling", correction.struggling());
        name(names, "learning_insights.progress", correction.progress());
        name(names, "next_steps", correction.nextSteps());
        name(names, "observations", correction.observations());
        return names;
    }

    private static void name(List<String> names, String name, @Nullable Object corrected) {
        if (corrected != null) {
            names.add(name);
        }
    }
}
