package org.memoryqueue.summariser.openai;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Summary;

/**
 * Puts the findings of the parts of a transcript together, by rules alone: each was proven in its part, and keeps its
 * message and its quote. No list gets longer than that of one answer may be.
 */
final class Merge {

    private Merge() {}

    /**
     * One summary out of those of the parts.
     *
     * @param parts in their order, at least one
     * @param narrative of the whole
     */
    static Summary of(String generator, List<Summary> parts, Narrative narrative) {
        Map<String, Evidence> byUnderstood = byClaim(parts, Kind.UNDERSTOOD);
        Map<String, Evidence> byStruggling = byClaim(parts, Kind.STRUGGLING);
        keepTheLater(byUnderstood, byStruggling);
        List<Evidence> understood = latest(byUnderstood);
        List<Evidence> struggling = latest(byStruggling);
        List<Evidence> topics = mostShared(parts);
        List<String> topicNames = claims(topics);
        return new Summary(
                generator,
                narrative.summary(),
                topicNames,
                new Insights(claims(understood), claims(struggling), narrative.progress()),
                narrative.nextSteps(),
                narrative.assessment(),
                Stream.of(understood, struggling, topics).flatMap(List::stream).toList(),
                observations(parts, Set.copyOf(topicNames)),
                preferences(parts),
                List.of());
    }

    /** What the student asked for anywhere. */
    private static List<Preference> preferences(List<Summary> parts) {
        return parts.stream()
                .flatMap(part -> part.preferences().stream())
                .distinct()
                .limit(AnswerSchema.MOST_ITEMS)
                .toList();
    }

    /** Each claim once, by its last evidence. */
    private static Map<String, Evidence> byClaim(List<Summary> parts, Kind kind) {
        Map<String, Evidence> byClaim = new LinkedHashMap<>();
        evidence(parts, kind).forEach(found -> {
            String claim = found.claim().toLowerCase(Locale.ROOT);
            byClaim.remove(claim);
            byClaim.put(claim, found);
        });
        return byClaim;
    }

    /** What was a struggle may be understood later, and the other way round. In one message, the struggle stays. */
    private static void keepTheLater(Map<String, Evidence> understood, Map<String, Evidence> struggling) {
        for (Map.Entry<String, Evidence> one : List.copyOf(understood.entrySet())) {
            Evidence other = struggling.get(one.getKey());
            if (other != null) {
                boolean gotThere = one.getValue().messageIndex() > other.messageIndex();
                (gotThere ? struggling : understood).remove(one.getKey());
            }
        }
    }

    /** Of too many the latest, which say how the student stands in the end. */
    private static List<Evidence> latest(Map<String, Evidence> byClaim) {
        List<Evidence> all = new ArrayList<>(byClaim.values());
        return List.copyOf(all.subList(Math.max(0, all.size() - AnswerSchema.MOST_ITEMS), all.size()));
    }

    /** Each topic once, by its first evidence; those that most parts name come first, then those that come first. */
    private static List<Evidence> mostShared(List<Summary> parts) {
        Map<String, Long> shared =
                evidence(parts, Kind.TOPIC).collect(Collectors.groupingBy(Evidence::claim, Collectors.counting()));
        Map<String, Evidence> byTopic = new LinkedHashMap<>();
        evidence(parts, Kind.TOPIC).forEach(found -> byTopic.putIfAbsent(found.claim(), found));
        return byTopic.values().stream()
                .sorted(Comparator.comparing(
                        (Evidence found) -> shared.getOrDefault(found.claim(), 0L), Comparator.reverseOrder()))
                .limit(AnswerSchema.MOST_ITEMS)
                .toList();
    }

    private static Stream<Evidence> evidence(List<Summary> parts, Kind kind) {
        return parts.stream().flatMap(part -> part.evidence().stream()).filter(found -> found.kind() == kind);
    }

    /** The parts have no message in common but one that was cut, so what was observed in them adds up. */
    private static List<Observation> observations(List<Summary> parts, Set<String> topics) {
        Map<String, Observation> byTopic = new LinkedHashMap<>();
        parts.stream()
                .flatMap(part -> part.observations().stream())
                .filter(observation -> topics.contains(observation.topic()))
                .forEach(observation -> byTopic.merge(observation.topic(), observation, Merge::sum));
        return List.copyOf(byTopic.values());
    }

    private static Observation sum(Observation a, Observation b) {
        return new Observation(
                a.topic(),
                a.correctUnaided() + b.correctUnaided(),
                a.correctWithHelp() + b.correctWithHelp(),
                a.incorrect() + b.incorrect());
    }

    private static List<String> claims(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::claim).toList();
    }
}
