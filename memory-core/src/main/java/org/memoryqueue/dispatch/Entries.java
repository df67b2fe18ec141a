package org.memoryqueue.dispatch;

import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.Priority;

/** The entries in Redis' replies. */
final class Entries {

    private Entries() {}

    /** What a script took: a list of {index of the stream from 1, entry id, value of the first field}. */
    static List<StreamEntry> taken(Response reply) {
        List<StreamEntry> entries = new ArrayList<>();
        for (Response entry : reply) {
            entries.add(new StreamEntry(
                    Priority.ALL.get(entry.get(0).toInteger() - 1),
                    entry.get(1).toString(),
                    jobId(entry.get(2).toString())));
        }
        return entries;
    }

    /** What XREADGROUP gave; null when it gave nothing. */
    static List<StreamEntry> byStream(@Nullable Response reply) {
        List<StreamEntry> entries = new ArrayList<>();
        if (reply != null) {
            for (Response stream : reply) {
                Priority priority = Priority.ALL.get(
                        StreamKeys.streams().indexOf(stream.get(0).toString()));
                entries.addAll(of(priority, stream.get(1)));
            }
        }
        return entries;
    }

    /** What XRANGE gave. */
    static List<StreamEntry> of(Priority stream, Response reply) {
        List<StreamEntry> entries = new ArrayList<>(reply.size());
        for (Response entry : reply) {
            entries.add(new StreamEntry(
                    stream, entry.get(0).toString(), jobId(entry.get(1).get(1).toString())));
        }
        return entries;
    }

    private static long jobId(String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            return StreamEntry.NO_JOB;
        }
    }
}
