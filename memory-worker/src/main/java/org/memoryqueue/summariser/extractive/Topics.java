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
 * @param byMessage the names of those that occur in a message, by the message's index
 */
record Topics(List<Topic> key, Map<Integer, Set<String>> byMessage) {

    private static final int MOST_PER_EXCHANGE = 2;

    List<String> names() {
        return key.stream().map(Topic::name).toList();
    }

    Stream<Evidence> evidence() {
        return key.stream().map(Topic::evidence);
    }

    /** The topics that an exchange deals with, most important first; those of the answer before those of the ask. */
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
        return names().stream().filter(here::contains);
    }
}
