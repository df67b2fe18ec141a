package org.memoryqueue.dispatch;

import java.util.List;
import org.memoryqueue.job.Priority;

/** Every name in Redis. One hash tag, so that on a cluster all keys share a slot and one script may touch them all. */
public final class StreamKeys {

    /** The consumer group of the workers. */
    public static final String GROUP = "workers";

    /** The one field of an entry; the rest is in the job's row. */
    public static final String FIELD = "id";

    /** Written to see whether Redis takes a write. */
    static final String PROBE = "{memory}:probe";

    /** Tells an index that still is what a repair left from one that Redis has forgotten. */
    public static final String MARK = "{memory}:indexed";

    /** Which jobs have changed, for those who watch them; short, and of no other use. */
    static final String CHANGES = "{memory}:changes";

    private static final List<String> STREAMS =
            Priority.ALL.stream().map(StreamKeys::stream).toList();

    private StreamKeys() {}

    /** The stream of a priority. */
    public static String stream(Priority priority) {
        return "{memory}:" + priority.word();
    }

    /** All streams, the most urgent first. */
    public static List<String> streams() {
        return STREAMS;
    }
}
