package org.memoryqueue.local.redis;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link LocalRedis} is started.
 *
 * @param directory where the append-only file is kept; null for a temporary directory, deleted when the server is closed
 * @param port on 127.0.0.1; 0 for a free one
 * @param appendOnly whether writes go to an append-only file, synced every second; nothing is persisted otherwise
 * @param arguments further arguments, as {@code redis-server} takes them: {@code --maxmemory}, {@code 10mb}
 * @param log file for what the server prints; null for none
 */
public record RedisOptions(
        @Nullable Path directory,
        int port,
        boolean appendOnly,
        List<String> arguments,
        @Nullable Path log) {

    public RedisOptions {
        arguments = List.copyOf(arguments);
    }

    /** Forgets everything when it stops. */
    public static RedisOptions temporary() {
        return new RedisOptions(null, 0, false, List.of(), null);
    }

    /** Keeps an append-only file in that directory. */
    public static RedisOptions keptIn(Path directory) {
        return new RedisOptions(directory.toAbsolutePath(), 0, true, List.of(), null);
    }

    public RedisOptions withPort(int newPort) {
        return new RedisOptions(directory, newPort, appendOnly, arguments, log);
    }

    public RedisOptions withAppendOnly(boolean newAppendOnly) {
        return new RedisOptions(directory, port, newAppendOnly, arguments, log);
    }

    public RedisOptions withArguments(String... newArguments) {
        return new RedisOptions(directory, port, appendOnly, List.of(newArguments), log);
    }

    public RedisOptions withLog(Path newLog) {
        return new RedisOptions(directory, port, appendOnly, arguments, newLog);
    }
}
