package org.memoryqueue.dispatch;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.Priority;

/**
 * What the index holds, for those who look after it. Every call ends in time, and fails with {@link
 * IndexUnavailableException} while Redis cannot serve.
 */
@Singleton
public final class IndexContents {

    private static final Script REMOVE_CONSUMERS = new Script("/redis/remove-consumers.lua");

    private final TimedRedis redis;

    IndexContents(ReactiveRedisDataSource redis) {
        this.redis = new TimedRedis(redis.getRedis());
    }

    /** The id of the newest entry of a stream; empty when the stream is. */
    public Uni<Optional<String>> newest(Priority stream) {
        return redis.send(Request.cmd(Command.XREVRANGE)
                        .arg(StreamKeys.stream(stream))
                        .arg("+")
                        .arg("-")
                        .arg("COUNT")
                        .arg(1))
                .map(reply -> Entries.of(stream, reply).stream()
                        .map(StreamEntry::entryId)
                        .findFirst());
    }

    /**
     * A page of entries, oldest first, whether or not a consumer holds them.
     *
     * @param after the last entry of the page before; null for the first page
     * @param upTo the last entry that may be in it
     */
    public Uni<List<StreamEntry>> page(Priority stream, @Nullable String after, String upTo, int limit) {
        return redis.send(Request.cmd(Command.XRANGE)
                        .arg(StreamKeys.stream(stream))
                        .arg(after == null ? "-" : "(" + after)
                        .arg(upTo)
                        .arg("COUNT")
                        .arg(limit))
                .map(reply -> Entries.of(stream, reply));
    }

    /** Acknowledges and deletes entries of one stream, a few thousand at most; returns how many were still there. */
    public Uni<Integer> remove(Priority stream, List<StreamEntry> entries) {
        List<String> arguments = new ArrayList<>(List.of(StreamKeys.GROUP));
        entries.forEach(entry -> arguments.add(entry.entryId()));
        return redis.call(DueIndex.ACKNOWLEDGE, List.of(StreamKeys.stream(stream)), arguments)
                .map(deleted -> deleted.toInteger());
    }

    /** Whether the index bears that mark. It loses the mark along with everything else that it forgets. */
    public Uni<Boolean> bears(String mark) {
        return redis.send(Request.cmd(Command.GET).arg(StreamKeys.MARK))
                .map(found -> found != null && found.toString().equals(mark));
    }

    /** Puts a mark on the index, in place of another's. */
    public Uni<Void> mark(String mark) {
        return redis.send(Request.cmd(Command.SET).arg(StreamKeys.MARK).arg(mark))
                .replaceWithVoid();
    }

    /**
     * Removes consumers that hold nothing and have not been heard of for a while; one that comes back is made anew.
     *
     * @return how many, counted on each stream
     */
    public Uni<Integer> removeConsumers(Duration silence) {
        return redis.call(
                        REMOVE_CONSUMERS,
                        StreamKeys.streams(),
                        List.of(StreamKeys.GROUP, String.valueOf(silence.toMillis())))
                .map(removed -> removed.toInteger());
    }
}
