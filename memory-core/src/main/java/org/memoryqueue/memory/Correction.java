package org.memoryqueue.memory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.topic.TopicName;

/**
 * What somebody put right about a memory; null where it stands as the summariser wrote it. It lies over the memory when
 * that is read or folded, so it holds for whatever revision of the session was summarised last.
 *
 * @param keyTopics in their normal form
 * @param understood part of the insights, as are {@code struggling} and {@code progress}
 * @param observations of each topic in it, how often the student was right or wrong; one without any counts was not
 *     observed. Other topics stand as the summariser observed them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record Correction(
        @JsonProperty("conversation_summary") @Nullable String conversationSummary,
        @JsonProperty("key_topics") @Nullable List<String> keyTopics,
        @Nullable List<String> understood,
        @Nullable List<String> struggling,
        @Nullable String progress,
        @JsonProperty("next_steps") @Nullable String nextSteps,
        @Nullable List<Observation> observations) {

    /** Nothing was put right. */
    public static final Correction NONE = new Correction(null, null, null, null, null, null, null);

    /** The memory as it should be. Evidence of what was taken out of it goes too; what was added has none. */
    Memory of(Memory memory) {
        Insights insights = memory.learningInsights();
        return new Memory(
                memory.id(),
                memory.studentId(),
                memory.chatbotId(),
                memory.roomId(),
                or(conversationSummary, memory.conversationSummary()),
                or(keyTopics, memory.keyTopics()),
                new Insights(
                        or(understood, insights.understood()),
                        or(struggling, insights.struggling()),
                        or(progress, insights.progress())),
                or(nextSteps, memory.nextSteps()),
                memory.messageCount(),
                memory.sessionDurationSeconds(),
                memory.createdAt(),
                memory.generator(),
                memory.assessment(),
                memory.evidence().stream().filter(this::stillClaims).toList(),
                memory.flags(),
                memory.correctedAt());
    }

    private boolean stillClaims(Evidence evidence) {
        String claim = evidence.claim();
        return switch (evidence.kind()) {
            case UNDERSTOOD -> understood == null || understood.contains(claim);
            case STRUGGLING -> struggling == null || struggling.contains(claim);
            case TOPIC -> keyTopics == null || keyTopics.contains(TopicName.normalised(claim));
            case SUMMARY -> conversationSummary == null || conversationSummary.contains(claim);
        };
    }

    /** What the session showed, as it should be. */
    public List<Observation> of(List<Observation> observed) {
        if (observations == null) {
            return observed;
        }
        Set<String> corrected = observations.stream().map(Observation::topic).collect(Collectors.toSet());
        return Stream.concat(
                        observed.stream().filter(observation -> !corrected.contains(observation.topic())),
                        observations.stream().filter(Correction::isSomething))
                .toList();
    }

    private static boolean isSomething(Observation observation) {
        return observation.correctUnaided() + observation.correctWithHelp() + observation.incorrect() > 0;
    }

    private static <T> T or(@Nullable T corrected, T written) {
        return corrected == null ? written : corrected;
    }
}
