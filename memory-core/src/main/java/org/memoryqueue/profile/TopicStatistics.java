package org.memoryqueue.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.memoryqueue.memory.Observation;

/**
 * The sums over all observations of one topic.
 *
 * @param correctUnaided right without the solution having been given away
 * @param correctWithHelp right after it had been given away
 * @param incorrect wrong
 * @param lastReviewed the newest session that showed something about the topic
 * @param weights the same answers, by their days
 */
@RegisterForReflection
record TopicStatistics(
        long correctUnaided, long correctWithHelp, long incorrect, Instant lastReviewed, Weights weights) {

    static TopicStatistics of(Observation observation, Instant at) {
        return new TopicStatistics(
                observation.correctUnaided(),
                observation.correctWithHelp(),
                observation.incorrect(),
                at,
                Weights.of(observation, Forgetting.day(at)));
    }

    /** The sum of both; the order does not matter. */
    TopicStatistics plus(TopicStatistics other) {
        return new TopicStatistics(
                correctUnaided + other.correctUnaided,
                correctWithHelp + other.correctWithHelp,
                incorrect + other.incorrect,
                lastReviewed.isAfter(other.lastReviewed) ? lastReviewed : other.lastReviewed,
                weights.plus(other.weights));
    }
}
