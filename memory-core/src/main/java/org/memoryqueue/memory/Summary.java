package org.memoryqueue.memory;

import java.util.List;
import java.util.stream.Stream;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.topic.TopicName;

/**
 * What a summariser found in one transcript. Nothing in it is invented: a list is left empty rather than guessed. Topics
 * have their {@link TopicName normal form}, whichever way they were spelt; one that is blank is left out.
 *
 * @param generator which summariser wrote it, with its version, e.g. {@code extractive/2}
 * @param conversationSummary a few sentences about the session, never blank
 * @param keyTopics what the session was about, most important first, each once
 * @param insights what the student understood and what they struggle with
 * @param nextSteps what to do next; empty when the transcript does not say
 * @param assessment how the session ended
 * @param evidence where in the transcript each finding rests
 * @param observations what the session showed about single topics, the input of the learning profile
 * @param preferences how the student asked to be taught, each with their words
 * @param flags what a reader is warned of, once each: words of {@link Flag}
 */
public record Summary(
        String generator,
        String conversationSummary,
        List<String> keyTopics,
        Insights insights,
        String nextSteps,
        Assessment assessment,
        List<Evidence> evidence,
        List<Observation> observations,
        List<Preference> preferences,
        List<String> flags) {

    public Summary {
        keyTopics = keyTopics.stream()
                .map(TopicName::normalised)
                .filter(topic -> !topic.isEmpty())
                .distinct()
                .toList();
        evidence = evidence.stream().map(Summary::spelt).distinct().toList();
        observations = observations.stream()
                .filter(observation -> !observation.topic().isEmpty())
                .toList();
        preferences = List.copyOf(preferences);
        flags = flags.stream().distinct().sorted().toList();
    }

    /** One in which the student asked for nothing, and of which nobody needs to be warned. */
    public Summary(
            String generator,
            String conversationSummary,
            List<String> keyTopics,
            Insights insights,
            String nextSteps,
            Assessment assessment,
            List<Evidence> evidence,
            List<Observation> observations) {
        this(
                generator,
                conversationSummary,
                keyTopics,
                insights,
                nextSteps,
                assessment,
                evidence,
                observations,
                List.of(),
                List.of());
    }

    /** The same, in which the student asked for this. */
    public Summary withPreferences(List<Preference> asked) {
        return new Summary(
                generator,
                conversationSummary,
                keyTopics,
                insights,
                nextSteps,
                assessment,
                evidence,
                observations,
                asked,
                flags);
    }

    /** The same summary with one more flag. */
    public Summary flagged(String flag) {
        return new Summary(
                generator,
                conversationSummary,
                keyTopics,
                insights,
                nextSteps,
                assessment,
                evidence,
                observations,
                preferences,
                Stream.concat(flags.stream(), Stream.of(flag)).toList());
    }

    /** The claim of a topic's evidence is the topic. */
    private static Evidence spelt(Evidence evidence) {
        return evidence.kind() == Kind.TOPIC
                ? new Evidence(
                        Kind.TOPIC, TopicName.normalised(evidence.claim()), evidence.messageIndex(), evidence.quote())
                : evidence;
    }
}
