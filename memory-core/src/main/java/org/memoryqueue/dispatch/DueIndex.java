package org.memoryqueue.dispatch;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.memoryqueue.job.Priority;

/** The index of what is due: one stream for each priority, read by one consumer group. */
@Singleton
public final class DueIndex {

    private static final Script READ = new Script("/redis/read.lua");
    private static final Script ACKNOWLEDGE = new Script("/redis/acknowledge.lua");

    private final Redis redis;

    DueIndex(ReactiveRedisDataSource redis) {
        this.redis = redis.getRedis();
    }

    /** Adds jobs at the tail of their streams. */
    public Uni<Void> add(Collection<DueJob> jobs) {
        List<Request> requests = jobs.stream()
                .map(job -> Request.cmd(Command.XADD)
                        .arg(StreamKeys.stream(job.priority()))
                        .arg("*")
                        .arg(StreamKeys.FIELD)
                        .arg(job.id()))
                .toList();
        return requests.isEmpty()
                ? Uni.createFrom().voidItem()
                : redis.batch(requests).replaceWithVoid();
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
        List<String> arguments = new ArrayList<>(List.of(StreamKeys.GROUP, consumer));
        Priority.ALL.forEach(priority -> arguments.add(String.valueOf(shares.getOrDefault(priority, 0))));
        return READ.call(redis, StreamKeys.streams(), arguments).map(DueIndex::entries);
    }

    /** Acknowledges and deletes entries; those that are gone already are no error. */
    public Uni<Void> acknowledge(Collection<StreamEntry> entries) {
        Map<Priority, List<String>> ids = entries.stream()
                .collect(Collectors.groupingBy(
                        StreamEntry::stream, Collectors.mapping(StreamEntry::entryId, Collectors.toList())));
        return Multi.createFrom()
                .iterable(ids.entrySet())
                .onItem()
                .transformToUniAndMerge(stream -> {
                    List<String> arguments = new ArrayList<>(List.of(StreamKeys.GROUP));
                    arguments.addAll(stream.getValue());
                    return ACKNOWLEDGE.call(redis, List.of(StreamKeys.stream(stream.getKey())), arguments);
                })
                .onItem()
                .ignoreAsUni();
    }

    /** Whether a failure is Redis' answer with this error code, e.g. {@code NOGROUP}. */
    public static boolean hasCode(Throwable failure, String code) {
        return failure.getMessage() != null && failure.getMessage().startsWith(code);
    }

    private static List<StreamEntry> entries(Response taken) {
        List<StreamEntry> entries = new ArrayList<>();
        for (Response entry : taken) {
            entries.add(new StreamEntry(
                    Priority.ALL.get(entry.get(0).toInteger() - 1),
                    entry.get(1).toString(),
                    jobId(entry.get(2).toString())));
        }
        return entries;
    }

    static long jobId(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return StreamEntry.NO_JOB;
        }
    }
}
