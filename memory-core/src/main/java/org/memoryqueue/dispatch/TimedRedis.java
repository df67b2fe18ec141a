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
 * is for blocking calls only. Trouble of Redis' fails as {@link IndexUnavailableException}, any other error as what Redis
 * answered.
 */
final class TimedRedis {

    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A connection refuses a batch that would have more than 2048 commands wait for their replies. */
    private static final int MAX_COMMANDS = 500;

    /**
     * A code of Redis' other than those for a mistake of ours and those about groups; or an exception of the client's. The
     * failure of a batch has a line for each command that failed: ERR, its number, and only then what happened.
     */
    private static final Pattern TROUBLE = Pattern.compile(
            "(ERR \\[\\d+] ?)?-?(?!(ERR|NOGROUP|BUSYGROUP|CROSSSLOT)\\b)([A-Z_]{2,}\\b|[a-z]+\\.[\\w.$]+)");

    /** Trouble that comes under the general code, or, from Redis 6.2, in the middle of the error of a script. */
    private static final Pattern HIDDEN_TROUBLE = Pattern.compile(
            "-(OOM|READONLY|LOADING|MASTERDOWN|CLUSTERDOWN|MISCONF|NOREPLICAS)\\b|max number of clients");

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

    /** What is no answer of Redis' comes from the client: no connection, none free, no reply in time. */
    static boolean isTrouble(Throwable failure) {
        if (!(failure instanceof io.vertx.redis.client.Response)) {
            return true;
        }
        String answer = String.valueOf(failure.getMessage());
        return TROUBLE.matcher(answer).lookingAt()
                || HIDDEN_TROUBLE.matcher(answer).find();
    }

    private static void ignore(Object reply) {}
}
