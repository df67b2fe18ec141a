package org.memoryqueue.model;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Stores;

/** The index as Redis sees it, past the code that is tested: to look at, to age, and to break. */
final class Streams {

    private final Stores stores;

    Streams(Stores stores) {
        this.stores = stores;
    }

    private record Entry(String stream, String id, String value) {}

    long length() {
        return StreamKeys.streams().stream()
                .mapToLong(stream -> stores.redis(Command.XLEN, stream).toLong())
                .sum();
    }

    /** How many entries are held by consumers. */
    long pending() {
        return StreamKeys.streams().stream()
                .mapToLong(stream -> pending(stream).size())
                .sum();
    }

    /** What the entries name. */
    Set<String> names() {
        return StreamKeys.streams().stream()
                .flatMap(stream -> entries(stream).stream())
                .map(Entry::value)
                .collect(Collectors.toSet());
    }

    /** What the entries of one stream name. */
    Set<String> names(Priority stream) {
        return entries(StreamKeys.stream(stream)).stream().map(Entry::value).collect(Collectors.toSet());
    }

    /** Lets entries look as if their consumers had not renewed them for longer. */
    void age(Duration by) {
        for (String stream : StreamKeys.streams()) {
            for (Response held : pending(stream)) {
                long idle = held.get(2).toLong() + by.toMillis();
                stores.redis(
                        Command.XCLAIM, stream, StreamKeys.GROUP, held.get(1), 0, held.get(0), "IDLE", idle, "JUSTID");
            }
        }
    }

    void flush() {
        stores.redis(Command.FLUSHALL);
    }

    /** @return whether there was one to lose */
    boolean lose(int pick) {
        List<Entry> entries = StreamKeys.streams().stream()
                .flatMap(stream -> entries(stream).stream())
                .toList();
        if (entries.isEmpty()) {
            return false;
        }
        Entry lost = entries.get(pick % entries.size());
        stores.redis(Command.XDEL, lost.stream(), lost.id());
        return true;
    }

    void add(Priority stream, String value) {
        stores.redis(Command.XADD, StreamKeys.stream(stream), "*", StreamKeys.FIELD, value);
    }

    private List<Entry> entries(String stream) {
        List<Entry> entries = new ArrayList<>();
        for (Response entry : stores.redis(Command.XRANGE, stream, "-", "+")) {
            entries.add(new Entry(
                    stream, entry.get(0).toString(), entry.get(1).get(1).toString()));
        }
        return entries;
    }

    private List<Response> pending(String stream) {
        if (!hasGroup(stream)) {
            return List.of();
        }
        List<Response> pending = new ArrayList<>();
        stores.redis(Command.XPENDING, stream, StreamKeys.GROUP, "-", "+", 10_000)
                .forEach(pending::add);
        return pending;
    }

    private boolean hasGroup(String stream) {
        return stores.redis(Command.EXISTS, stream).toInteger() == 1
                && stores.redis(Command.XINFO, "GROUPS", stream).size() > 0;
    }
}
