package org.memoryqueue.dispatch;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.memoryqueue.dispatch.DispatchConfig.Dispatch;
import org.memoryqueue.job.Priority;

/**
 * The index of what is due: one stream for each priority, read by one consumer group. Every call ends in time, and fails
 * with {@link IndexUnavailableException} while Redis cannot serve.
 *
 * <p>A call that ran out of time may have taken entries all the same. They are handed back when the late reply comes;
 * where it never does, they stay with their consumer until they have been idle for a lease, and are then reclaimed.
 */
@Singleton
public final class DueIndex {

    private static final Logger LOG = Logger.getLogger(DueIndex.class);

    private static final Script READ = new Script("/redis/read.lua");
    private static final Script RECLAIM = new Script("/redis/reclaim.lua");
    private static final Script LEAVE = new Script("/redis/leave.lua");
    static final Script ACKNOWLEDGE = new Script("/redis/acknowledge.lua");

    /** Far beyond any lease. */
    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final TimedRedis redis;
    private final boolean isUsed;

    DueIndex(ReactiveRedisDataSource redis, DispatchConfig config) {
        this.redis = new TimedRedis(redis.getRedis());
        this.isUsed = config.dispatch() == Dispatch.AUTO;
    }

    /** Adds jobs at the tail of their streams; nothing where jobs are always taken straight from Postgres. */
    public Uni<Void> add(Collection<DueJob> jobs) {
        if (!isUsed) {
            return Uni.createFrom().voidItem();
        }
        return redis.sendAll(jobs.stream()
                .map(job -> Request.cmd(Command.XADD)
                        .arg(StreamKeys.stream(job.priority()))
                        .arg("*")
                        .arg(StreamKeys.FIELD)
                        .arg(job.id()))
                .toList());
    }

    /** Creates the consumer group on every stream; a group that exists is left as it is. */
    public Uni<Void> createGroups() {
        return Multi.createFrom()
                .iterable(StreamKeys.streams())
                .onItem()
                .transformToUniAndConcatenate(stream -> redis.send(Request.cmd(Command.XGROUP)
                                .arg("CREATE")
                                .arg(stream)
                                .arg(StreamKeys.GROUP)
                                .arg("0")
                                .arg("MKSTREAM"))
                        .onFailure(failure -> hasCode(failure, "BUSYGROUP"))
                        .recoverWithNull())
                .onItem()
                .ignoreAsUni();
    }

    /**
     * Takes entries for a consumer without waiting.
     *
     * @param shares how many entries of each priority; what one cannot fill goes to the others, the most urgent first
     * @return at most as many entries as the shares add up to
     */
    public Uni<List<StreamEntry>> read(String consumer, Map<Priority, Integer> shares) {
        return take(READ, consumer, List.of(), shares);
    }

    /**
     * Takes the next entry of each stream as soon as there is one.
     *
     * @param client the client to wait on, whose connection is occupied meanwhile
     * @param patience how long to wait
     * @return at most one entry of each stream; none when the patience ends
     */
    public static Uni<List<StreamEntry>> readBlocking(Redis client, String consumer, Duration patience) {
        Request request = Request.cmd(Command.XREADGROUP)
                .arg("GROUP")
                .arg(StreamKeys.GROUP)
                .arg(consumer)
                .arg("COUNT")
                .arg(1)
                .arg("BLOCK")
                .arg(patience.toMillis())
                .arg("STREAMS");
        StreamKeys.streams().forEach(request::arg);
        StreamKeys.streams().forEach(stream -> request.arg(">"));
        TimedRedis waiting = new TimedRedis(client);
        return waiting.send(
                        request,
                        patience.plus(TimedRedis.PATIENCE),
                        late -> handBackLate(waiting, consumer, Entries.byStream(late)))
                .map(Entries::byStream);
    }

    /**
     * Takes over entries that their consumers have not renewed.
     *
     * @param idle for how long they must not have been renewed
     * @param shares as in {@link #read}
     */
    public Uni<List<StreamEntry>> reclaim(String consumer, Duration idle, Map<Priority, Integer> shares) {
        return take(RECLAIM, consumer, List.of(String.valueOf(idle.toMillis())), shares);
    }

    private Uni<List<StreamEntry>> take(
            Script script, String consumer, List<String> condition, Map<Priority, Integer> shares) {
        List<String> arguments = new ArrayList<>(List.of(StreamKeys.GROUP, consumer));
        arguments.addAll(condition);
        Priority.ALL.forEach(priority -> arguments.add(String.valueOf(shares.getOrDefault(priority, 0))));
        return redis.call(
                        script,
                        StreamKeys.streams(),
                        arguments,
                        late -> handBackLate(redis, consumer, Entries.taken(late)))
                .map(Entries::taken);
    }

    private static void handBackLate(TimedRedis redis, String consumer, List<StreamEntry> entries) {
        claim(redis, consumer, entries, FORGOTTEN)
                .subscribe()
                .with(
                        done -> LOG.debugf("%d entries came too late and are handed back", entries.size()),
                        failure -> LOG.debugf("%d entries that came too late stay pending", entries.size()));
    }

    /** Shows that a consumer is still at work on entries, so that nobody reclaims them. */
    public Uni<Void> renew(String consumer, Collection<StreamEntry> entries) {
        return claim(redis, consumer, entries, Duration.ZERO);
    }

    /** Hands entries back in place: they look long forgotten, so that the next to look for those takes them over. */
    public Uni<Void> handBack(String consumer, Collection<StreamEntry> entries) {
        return claim(redis, consumer, entries, FORGOTTEN);
    }

    private static Uni<Void> claim(TimedRedis redis, String consumer, Collection<StreamEntry> entries, Duration idle) {
        List<Request> requests = new ArrayList<>();
        byStream(entries).forEach((stream, ids) -> {
            Request request = Request.cmd(Command.XCLAIM)
                    .arg(StreamKeys.stream(stream))
                    .arg(StreamKeys.GROUP)
                    .arg(consumer)
                    .arg(0);
            ids.forEach(request::arg);
            requests.add(request.arg("IDLE").arg(idle.toMillis()).arg("JUSTID"));
        });
        return redis.sendAll(requests);
    }

    /** Deletes a consumer, unless it still holds entries. */
    public Uni<Void> leave(String consumer) {
        if (!isUsed) {
            return Uni.createFrom().voidItem();
        }
        return redis.call(LEAVE, StreamKeys.streams(), List.of(StreamKeys.GROUP, consumer))
                .replaceWithVoid();
    }

    /** Acknowledges and deletes entries; those that are gone already are no error. */
    public Uni<Void> acknowledge(Collection<StreamEntry> entries) {
        return Multi.createFrom()
                .iterable(byStream(entries).entrySet())
                .onItem()
                .transformToUniAndMerge(stream -> {
                    List<String> arguments = new ArrayList<>(List.of(StreamKeys.GROUP));
                    arguments.addAll(stream.getValue());
                    return redis.call(ACKNOWLEDGE, List.of(StreamKeys.stream(stream.getKey())), arguments);
                })
                .onItem()
                .ignoreAsUni();
    }

    /** How many entries all streams hold: what waits and what is in flight. */
    public Uni<Long> length() {
        return lengths()
                .map(lengths ->
                        lengths.values().stream().mapToLong(Long::longValue).sum());
    }

    /** How many entries the stream of each priority holds. */
    public Uni<Map<Priority, Long>> lengths() {
        return redis.sendTogether(StreamKeys.streams().stream()
                        .map(stream -> Request.cmd(Command.XLEN).arg(stream))
                        .toList())
                .map(replies -> Priority.ALL.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                priority -> replies.get(priority.ordinal()).toLong())));
    }

    /** Whether the server that has the index answers within two seconds; never fails. */
    public Uni<Boolean> isReachable() {
        return redis.send(Request.cmd(Command.EXISTS).arg(StreamKeys.MARK))
                .map(known -> true)
                .onFailure()
                .recoverWithItem(false);
    }

    /**
     * Fails unless Redis takes a write that needs memory and has streams, or nothing, where the streams should be: a full
     * one answers and reads, and takes nothing in.
     */
    public Uni<Void> probeWrite() {
        return redis.send(Request.cmd(Command.SET)
                        .arg(StreamKeys.PROBE)
                        .arg("")
                        .arg("EX")
                        .arg(FORGOTTEN.toSeconds()))
                .flatMap(written -> lengths())
                .replaceWithVoid();
    }

    /** Whether a failure is Redis' answer that a stream or its group is gone, also from within a script. */
    public static boolean isGroupMissing(Throwable failure) {
        return hasCode(failure, "NOGROUP");
    }

    private static boolean hasCode(Throwable failure, String code) {
        return failure.getMessage() != null && failure.getMessage().contains(code);
    }

    private static Map<Priority, List<String>> byStream(Collection<StreamEntry> entries) {
        return entries.stream()
                .collect(Collectors.groupingBy(
                        StreamEntry::stream, Collectors.mapping(StreamEntry::entryId, Collectors.toList())));
    }
}
