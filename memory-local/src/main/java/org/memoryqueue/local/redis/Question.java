package org.memoryqueue.local.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A command to a server on 127.0.0.1, and what it answers. */
final class Question {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private Question() {}

    /**
     * Asks, on a connection of its own.
     *
     * @return the texts of the answer in their order, however they are nested; an absent one is empty
     * @throws IOException when there is no answer in 2 s, or when it is an error
     */
    static List<String> ask(int port, String... words) throws IOException {
        try (RedisConnection connection = RedisConnection.open("127.0.0.1", port, TIMEOUT)) {
            return connection.ask(words);
        }
    }
}
