package org.memoryqueue.summariser.privacy;

import java.util.List;
import java.util.stream.Collectors;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * Puts the data back into a summary that was made of a masked transcript. What is then no longer proven is left out: a quote
 * that cut a placeholder in two stands nowhere in the transcript.
 *
 * @param transcript what was really said
 */
record Restoration(Placeholders placeholders, Transcript transcript) {

    Summary of(Summary summary) {
        List<Evidence> evidence = summary.evidence().stream()
                .map(this::restored)
                .filter(this::isProven)
                .toList();
        List<String> topics = proven(summary.keyTopics(), summary.evidence(), evidence, Kind.TOPIC);
        return new Summary(
                summary.generator(),
                placeholders.restored(summary.conversationSummary()),
                topics,
                new Insights(
                        proven(summary.insights().understood(), summary.evidence(), evidence, Kind.UNDERSTOOD),
                        proven(summary.insights().struggling(), summary.evidence(), evidence, Kind.STRUGGLING),
                        placeholders.restored(summary.insights().progress())),
                placeholders.restored(summary.nextSteps()),
                summary.assessment(),
                evidence,
                summary.observations().stream()
                        .map(this::restored)
                        .filter(observation -> topics.contains(observation.topic()))
                        .toList(),
                summary.preferences().stream()
                        .map(this::restored)
                        .filter(preference -> isSaid(preference.messageIndex(), preference.quote()))
                        .toList(),
                summary.flags());
    }

    private Preference restored(Preference preference) {
        return new Preference(preference.wish(), preference.messageIndex(), placeholders.restored(preference.quote()));
    }

    private List<String> restored(List<String> texts) {
        return texts.stream().map(placeholders::restored).distinct().toList();
    }

    private Evidence restored(Evidence evidence) {
        return new Evidence(
                evidence.kind(),
                placeholders.restored(evidence.claim()),
                evidence.messageIndex(),
                placeholders.restored(evidence.quote()));
    }

    private Observation restored(Observation observation) {
        return new Observation(
                placeholders.restored(observation.topic()),
                observation.correctUnaided(),
                observation.correctWithHelp(),
                observation.incorrect());
    }

    private boolean isProven(Evidence evidence) {
        return isSaid(evidence.messageIndex(), evidence.quote());
    }

    private boolean isSaid(int index, String quote) {
        List<Message> messages = transcript.messages();
        return index >= 0
                && index < messages.size()
                && messages.get(index).content().contains(quote);
    }

    /** The claims that have not lost their evidence. */
    private List<String> proven(List<String> claims, List<Evidence> before, List<Evidence> after, Kind kind) {
        List<String> lost = before.stream()
                .filter(evidence -> evidence.kind() == kind)
                .map(evidence -> placeholders.restored(evidence.claim()))
                .collect(Collectors.toList());
        after.stream()
                .filter(evidence -> evidence.kind() == kind)
                .forEach(evidence -> lost.removeIf(evidence.claim()::equals));
        return restored(claims).stream().filter(claim -> !lost.contains(claim)).toList();
    }
}
