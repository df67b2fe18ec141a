package org.memoryqueue.summariser.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/** What holds for the summary of any transcript. */
final class SummaryAssertions {

    private SummaryAssertions() {}

    static void assertSound(Transcript transcript, Summary summary) {
        assertThat(summary.conversationSummary()).isNotBlank();
        assertThat(summary.conversationSummary().split("\\s+")).hasSizeLessThanOrEqualTo(60);
        assertThat(summary.keyTopics()).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
        assertThat(summary.insights().understood()).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
        assertThat(summary.insights().struggling()).hasSizeLessThanOrEqualTo(4).doesNotHaveDuplicates();
        assertThat(summary.evidence()).allSatisfy(evidence -> assertVerbatim(transcript, evidence));
        assertBacked(summary.insights().understood(), Evidence.Kind.UNDERSTOOD, summary);
        assertBacked(summary.insights().struggling(), Evidence.Kind.STRUGGLING, summary);
        assertThat(summary.insights().struggling())
                .allSatisfy(struggle -> assertThat(summary.evidence())
                        .anyMatch(evidence -> evidence.kind() == Evidence.Kind.STRUGGLING
                                && evidence.claim().equals(struggle)
                                && transcript
                                        .messages()
                                        .get(evidence.messageIndex())
                                        .isStudent()));
        assertBacked(summary.keyTopics(), Evidence.Kind.TOPIC, summary);
        assertThat(messagesOf(Evidence.Kind.UNDERSTOOD, transcript, summary)).allMatch(Message::isStudent);
        assertThat(summary.observations())
                .allSatisfy(observation -> assertThat(summary.keyTopics()).contains(observation.topic()));
    }

    private static void assertVerbatim(Transcript transcript, Evidence evidence) {
        assertThat(evidence.quote()).isNotBlank();
        assertThat(transcript.messages().get(evidence.messageIndex()).content()).contains(evidence.quote());
        assertThat(transcript.messages().get(evidence.messageIndex()).isSpoken())
                .isTrue();
    }

    private static void assertBacked(List<String> claims, Evidence.Kind kind, Summary summary) {
        assertThat(summary.evidence().stream()
                        .filter(evidence -> evidence.kind() == kind)
                        .map(Evidence::claim)
                        .distinct())
                .containsExactlyElementsOf(claims);
    }

    private static Stream<Message> messagesOf(Evidence.Kind kind, Transcript transcript, Summary summary) {
        return summary.evidence().stream()
                .filter(evidence -> evidence.kind() == kind)
                .map(evidence -> transcript.messages().get(evidence.messageIndex()));
    }
}
