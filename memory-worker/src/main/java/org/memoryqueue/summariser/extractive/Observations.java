package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.function.Predicate;
import org.memoryqueue.memory.Observation;

/** Counts, for each topic, how the answers that dealt with it came out. Answers without a verdict do not count. */
final class Observations {

    private Observations() {}

    static List<Observation> of(Conversation conversation, Topics topics) {
        return topics.names().stream()
                .map(topic -> of(topic, conversation.attempts(), topics))
                .filter(Observations::isAny)
                .toList();
    }

    private static Observation of(String topic, List<Exchange> attempts, Topics topics) {
        List<Exchange> onTopic = attempts.stream()
                .filter(exchange -> topics.of(exchange).contains(topic))
                .toList();
        return new Observation(
                topic,
                count(onTopic, Exchange::isRightUnaided),
                count(onTopic, exchange -> exchange.verdict() == Verdict.RIGHT && exchange.isTold()),
                count(onTopic, exchange -> exchange.verdict().isRejection()));
    }

    private static boolean isAny(Observation observation) {
        return observation.correctUnaided() + observation.correctWithHelp() + observation.incorrect() > 0;
    }

    private static int count(List<Exchange> exchanges, Predicate<Exchange> condition) {
        return (int) exchanges.stream().filter(condition).count();
    }
}
