package org.memoryqueue.dispatch;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A client of Redis whose every call ends in time. The reactive client waits for a reply for ever; quarkus.redis.timeout
 * is for blocking calls only. What is said about consumer groups fails as Redis answered it, and anything else as
 * {@link IndexUnavailableException}: a Redis that refuses a command, or has something else where the streams should be, is
 * of as little use as one that is away.
 */
final class TimedRedis {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A connection refuses a batch that would have more than 2048 commands wait for their replies. */
    private static final int MAX_COMMANDS = 500;

    /** What callers deal with: a group that is not there, or there already. From Redis 6.2 in the middle of a script's error. */
    private static final Pattern ABOUT_GROUPS = Pattern.compile("\\b(NOGROUP|BUSYGROUP)\\b");

    private final Redis redis;

    TimedRedis(Redis redis) {
        this.redis = redis;
    }

    /** Sends a command; the reply is null where Redis answers nil. */
    Uni<Response> send(Request request) {
        return inTime(redis.send(request), PATIENCE, TimedRedis::ignore);
    }

    /**
     * Sends a command that takes something.
     *
     * @param late gets a reply that comes after the patience has ended
     */
    Uni<Response> send(Request request, Duration patience, Consumer<Response> late) {
        return inTime(redis.send(request), patience, late);
    }

    /** Sends any number of commands, one batch after the other; each batch has the same time. */
    Uni<Void> sendAll(List<Request> requests) {
        if (requests.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        int end = Math.min(requests.size(), MAX_COMMANDS);
        return sendTogether(requests.subList(0, end)).flatMap(sent -> sendAll(requests.subList(end, requests.size())));
    }

    /** Sends a few commands, and returns their replies in the same order. */
    Uni<List<Response>> sendTogether(List<Request> requests) {
        return inTime(redis.batch(requests), PATIENCE, TimedRedis::ignore);
    }

    /** Calls a script. */
    Uni<Response> call(Script script, List<String> keys, List<String> arguments) {
        return call(script, keys, arguments, TimedRedis::ignore);
    }

    /** Calls a script that takes something; a reply that comes too late goes to {@code late}. */
    Uni<Response> call(Script script, List<String> keys, List<String> arguments, Consumer<Response> late) {
        return inTime(script.call(redis, keys, arguments), PATIENCE, late);
    }

    private static <T> Uni<T> inTime(Uni<T> reply, Duration patience, Consumer<T> late) {
        return Uni.createFrom()
                .deferred(() -> {
                    Uni<T> shared = reply.memoize().indefinitely();
                    return shared.ifNoItem()
                            .after(patience)
                            .fail()
                            .onFailure(TimeoutException.class)
                            .invoke(() -> shared.subscribe().with(late, failure -> {}));
                })
                .onFailure(TimedRedis::isTrouble)
                .transform(IndexUnavailableException::new);
    }

    /** Also what is no answer of Redis', but comes from the client: no connection, none free, no reply in time. */
    static boolean isTrouble(Throwable failure) {
        return !(failure instanceof io.vertx.redis.client.Response)
                || !ABOUT_GROUPS.matcher(String.valueOf(failure.getMessage())).find();
    }

    private static void ignore(Object reply) {}
}
