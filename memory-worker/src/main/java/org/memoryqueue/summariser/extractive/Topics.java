package org.memoryqueue.summariser.extractive;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.memoryqueue.memory.Evidence;

/**
 * The topics of a session, and where they occur.
 *
 * @param key the topics, most important first
 * @param ofSums whether the session is one of sums, where the words of a task (apples, pencils) are nothing to learn
 * @param byMessage the names of those that occur in a message, by the message's index
 */
record Topics(List<Topic> key, boolean ofSums, Map<Integer, Set<String>> byMessage) {

    private static final int MOST_PER_EXCHANGE = 2;

    List<String> names() {
        return key.stream().map(Topic::name).toList();
    }

    Stream<Evidence> evidence() {
        return key.stream().map(Topic::evidence);
    }

    /**
     * The topics on which an exchange shows something: terms of the subject before other words, those of the answer
     * before those of the ask.
     */
    List<String> of(Exchange exchange) {
        Utterance ask = exchange.ask();
        Stream<String> answered = in(exchange.answer());
        Stream<String> asked = ask == null ? Stream.of() : in(ask);
        return Stream.concat(answered, asked)
                .distinct()
                .limit(MOST_PER_EXCHANGE)
                .toList();
    }

    private Stream<String> in(Utterance utterance) {
        Set<String> here = byMessage.getOrDefault(utterance.index(), Set.of());
        Stream<Topic> terms = key.stream().filter(Topic::isTerm);
        Stream<Topic> words = ofSums ? Stream.of() : key.stream().filter(topic -> !topic.isTerm());
        return Stream.concat(terms, words).map(Topic::name).filter(here::contains);
    }
}
