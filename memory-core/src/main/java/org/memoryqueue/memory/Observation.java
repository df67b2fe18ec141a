package org.memoryqueue.memory;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.memoryqueue.topic.TopicName;

/**
 * What one session showed about one topic: how often the student got it right alone, got it right after help, or got
 * it wrong. Counts add up, in any order, to the learning profile.
 *
 * @param topic the topic, in its {@link TopicName normal form}, whichever way it was spelt
 * @param correctUnaided answers that were right without the solution having been given away, 0 or more
 * @param correctWithHelp answers that were right after the tutor had given it away, 0 or more
 * @param incorrect answers that were wrong, 0 or more
 */
@RegisterForReflection
public record Observation(String topic, int correctUnaided, int correctWithHelp, int incorrect) {

    public Observation {
        topic = TopicName.normalised(topic);
    }
}
