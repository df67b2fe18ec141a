package org.memoryqueue.summariser.privacy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.TextLimits;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * Puts the data back into a summary that was made of a masked transcript. What is then no longer proven is left out: a quote
 * that cut a placeholder in two stands nowhere in the transcript. No text gets longer than a model may make it.
 */
final class Restoration {

    private final Placeholders placeholders;
    private final Transcript transcript;

    /** Topics and claims that are restored, by what they were: each stands in a list and in its evidence. */
    private final Map<String, String> topics = new HashMap<>();

    private final Map<String, String> claims = new HashMap<>();

    private Restoration(Placeholders placeholders, Transcript transcript) {
        this.placeholders = placeholders;
        this.transcript = transcript;
    }

    /**
     * The summary with the data.
     *
     * @param transcript what was really said
     */
    static Summary of(Summary masked, Placeholders placeholders, Transcript transcript) {
        return new Restoration(placeholders, transcript).restored(masked);
    }

    private Summary restored(Summary summary) {
        List<Evidence> all = summary.evidence().stream().map(this::restored).toList();
        List<Evidence> evidence = all.stream().filter(this::isProven).toList();
        List<String> keyTopics = proven(summary.keyTopics(), all, evidence, Kind.TOPIC);
        return new Summary(
                summary.generator(),
                placeholders.restored(summary.conversationSummary(), TextLimits.SUMMARY),
                keyTopics,
                new Insights(
                        proven(summary.insights().understood(), all, evidence, Kind.UNDERSTOOD),
                        proven(summary.insights().struggling(), all, evidence, Kind.STRUGGLING),
                        placeholders.restored(summary.insights().progress(), TextLimits.PROGRESS)),
                placeholders.restored(summary.nextSteps(), TextLimits.NEXT_STEPS),
                summary.assessment(),
                evidence,
                summary.observations().stream()
                        .map(this::restored)
                        .filter(observation -> keyTopics.contains(observation.topic()))
                        .toList(),
                summary.preferences().stream()
                        .map(this::restored)
                        .filter(preference -> isSaid(preference.messageIndex(), preference.quote()))
                        .toList(),
                summary.flags());
    }

    private String claim(Kind kind, String claim) {
        return kind == Kind.TOPIC
                ? topics.computeIfAbsent(claim, masked -> placeholders.restored(masked, TextLimits.TOPIC))
                : claims.computeIfAbsent(claim, masked -> placeholders.restored(masked, TextLimits.CLAIM));
    }

    /** What is cut off at its end still stands where the whole stands. */
    private String quote(String quote) {
        return placeholders.restored(quote, TextLimits.QUOTE);
    }

    private Preference restored(Preference preference) {
        return new Preference(preference.wish(), preference.messageIndex(), quote(preference.quote()));
    }

    private Evidence restored(Evidence evidence) {
        return new Evidence(
                evidence.kind(),
                claim(evidence.kind(), evidence.claim()),
                evidence.messageIndex(),
                quote(evidence.quote()));
    }

    private Observation restored(Observation observation) {
        return new Observation(
                claim(Kind.TOPIC, observation.topic()),
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
    private List<String> proven(List<String> masked, List<Evidence> all, List<Evidence> proven, Kind kind) {
        Set<String> lost = claims(all, kind);
        lost.removeAll(claims(proven, kind));
        return masked.stream()
                .map(claim -> claim(kind, claim))
                .distinct()
                .filter(claim -> !lost.contains(claim))
                .toList();
    }

    private static Set<String> claims(List<Evidence> evidence, Kind kind) {
        return evidence.stream()
                .filter(found -> found.kind() == kind)
                .map(Evidence::claim)
                .collect(Collectors.toSet());
    }
}
