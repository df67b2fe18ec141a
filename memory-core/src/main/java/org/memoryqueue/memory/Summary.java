package org.memoryqueue.memory;

import java.util.List;

/**
 * What a summariser found in one transcript. Nothing in it is invented: a list is left empty rather than guessed.
 *
 * @param generator which summariser wrote it, with its version, e.g. {@code extractive/1}
 * @param conversationSummary a few sentences about the session, never blank
 * @param keyTopics what the session was about, most important first
 * @param insights what the student understood and what they struggle with
 * @param nextSteps what to do next; empty when the transcript does not say
 * @param assessment how the session ended
 * @param evidence where in the transcript each finding rests
 * @param observations what the session showed about single topics, the input of the learning profile
 */
public record Summary(
        String generator,
        String conversationSummary,
        List<String> keyTopics,
        Insights insights,
        String nextSteps,
        Assessment assessment,
        List<Evidence> evidence,
        List<Observation> observations) {

    public Summary {
        keyTopics = List.copyOf(keyTopics);
        evidence = List.copyOf(evidence);
        observations = List.copyOf(observations);
    }
}
