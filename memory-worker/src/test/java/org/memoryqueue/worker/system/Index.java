package org.memoryqueue.worker.system;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.testing.Stores;

/** Redis as the test sees it, on a new connection each time. */
final class Index {

    private final LocalRedis server;

    Index(LocalRedis server) {
        this.server = server;
    }

    /** How many entries all streams hold. */
    long length() {
        return overStreams(
                (redis, stream) -> Stores.send(redis, Command.XLEN, stream).toLong());
    }

    /** How many entries are pending for some consumer. */
    long pending() {
        return overStreams(
                (redis, stream) -> Stores.send(redis, Command.EXISTS, stream).toLong() == 0
                        ? 0
                        : Stores.send(redis, Command.XPENDING, stream, StreamKeys.GROUP)
                                .get(0)
                                .toLong());
    }

    /** FLUSHALL. */
    void forgetEverything() {
        with(redis -> Stores.send(redis, Command.FLUSHALL).toString());
    }

    /** Everything that Redis holds, keys and values, as text. */
    String dump() {
        return with(redis -> {
            StringBuilder text = new StringBuilder();
            Stores.send(redis, Command.KEYS, "*").forEach(key -> {
                String name = key.toString();
                String type = Stores.send(redis, Command.TYPE, name).toString();
                text.append(name)
                        .append(' ')
                        .append(
                                switch (type) {
                                    case "stream" -> Stores.send(redis, Command.XRANGE, name, "-", "+");
                                    case "string" -> Stores.send(redis, Command.GET, name);
                                    default -> throw new IllegalStateException(name + " is a " + type);
                                })
                        .append('\n');
            });
            return text.toString();
        });
    }

    private interface Question {
        long ask(Redis redis, String stream);
    }

    private long overStreams(Question question) {
        return with(redis -> StreamKeys.streams().stream()
                .mapToLong(stream -> question.ask(redis, stream))
                .sum());
    }

    private <T> T with(java.util.function.Function<Redis, T> use) {
        Redis redis = Stores.connect(server);
        try {
            return use.apply(redis);
        } finally {
            redis.close();
        }
    }
}
