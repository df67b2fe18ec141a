package org.memoryqueue.summariser.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.memory.Assessment;
import org.memoryqueue.memory.Assessment.Outcome;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Insights;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference;
import org.memoryqueue.memory.Preference.Wish;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.topic.TopicName;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;

/**
 * Makes a summary of an answer that keeps to its schema. A finding stays only if its quote stands in the message that it
 * names: one that does not was made up, or cannot be told from it.
 *
 * @param transcript what was said, against which quotes are held
 * @param part what the model was shown of it
 */
record Proof(Transcript transcript, Part part) {

    Summary summary(String generator, JsonNode answer) {
        List<Evidence> understood = proven(answer, "understood", Kind.UNDERSTOOD);
        List<Evidence> struggling = proven(answer, "struggling", Kind.STRUGGLING);
        List<Evidence> topics = proven(answer, "topics", Kind.TOPIC);
        List<Evidence> evidence = new ArrayList<>(understood);
        evidence.addAll(struggling);
        evidence.addAll(topics);
        return new Summary(
                generator,
                text(answer, "summary"),
                claims(topics),
                new Insights(claims(understood), claims(struggling), text(answer, "progress")),
                text(answer, "next_steps"),
                assessment(answer.get("assessment")),
                evidence,
                observations(answer.get("observations"), claims(topics)),
                preferences(answer.path("preferences")),
                List.of());
    }

    /** Those that the student said themselves. */
    private List<Preference> preferences(JsonNode items) {
        List<Preference> preferences = new ArrayList<>();
        for (JsonNode item : items) {
            Evidence said =
                    new Evidence(Kind.UNDERSTOOD, "", item.get("message_index").intValue(), text(item, "quote"));
            if (isProven(said)) {
                Wish.ofWord(text(item, "wish"))
                        .map(wish -> new Preference(wish, said.messageIndex(), said.quote()))
                        .ifPresent(preferences::add);
            }
        }
        return preferences;
    }

    /** The first finding of each claim, in the order of the answer. */
    private List<Evidence> proven(JsonNode answer, String list, Kind kind) {
        Map<String, Evidence> byClaim = new LinkedHashMap<>();
        answer.get(list)
                .valueStream()
                .map(item -> evidence(kind, item))
                .filter(this::isProven)
                .forEach(evidence -> byClaim.putIfAbsent(evidence.claim(), evidence));
        return List.copyOf(byClaim.values());
    }

    private static Evidence evidence(Kind kind, JsonNode item) {
        String claim = kind == Kind.TOPIC ? topic(item) : text(item, "claim");
        return new Evidence(kind, claim, item.get("message_index").intValue(), text(item, "quote"));
    }

    private boolean isProven(Evidence evidence) {
        if (!part.shows(evidence.messageIndex()) || evidence.quote().isEmpty()) {
            return false;
        }
        Message message = transcript.messages().get(evidence.messageIndex());
        // Nobody shows to have understood something by what the tutor says.
        boolean speaks = evidence.kind() == Kind.UNDERSTOOD ? message.isStudent() : message.isSpoken();
        return speaks && message.content().contains(evidence.quote());
    }

    /** Of topics that are proven, once each, and no more answers than the student has said anything. */
    private List<Observation> observations(JsonNode items, List<String> topics) {
        Map<String, Observation> byTopic = new LinkedHashMap<>();
        for (JsonNode item : items) {
            Observation observation = new Observation(
                    topic(item),
                    item.get("correct_unaided").intValue(),
                    item.get("correct_with_help").intValue(),
                    item.get("incorrect").intValue());
            int answers = observation.correctUnaided() + observation.correctWithHelp() + observation.incorrect();
            if (topics.contains(observation.topic()) && answers > 0 && answers <= part.studentMessageCount()) {
                byTopic.putIfAbsent(observation.topic(), observation);
            }
        }
        return List.copyOf(byTopic.values());
    }

    static Assessment assessment(JsonNode item) {
        @Nullable
        Double solvedUnaided = item.get("solved_unaided").isNull()
                ? null
                : item.get("solved_unaided").doubleValue();
        return new Assessment(
                solvedUnaided,
                Outcome.valueOf(text(item, "outcome").toUpperCase(Locale.ROOT)),
                item.get("confidence").doubleValue());
    }

    private static List<String> claims(List<Evidence> evidence) {
        return evidence.stream().map(Evidence::claim).toList();
    }

    /** Spelt one way, so that the topics of many sessions add up in a profile. */
    private static String topic(JsonNode item) {
        return TopicName.normalised(text(item, "topic"));
    }

    static String text(JsonNode item, String name) {
        return item.get(name).textValue().strip();
    }
}
