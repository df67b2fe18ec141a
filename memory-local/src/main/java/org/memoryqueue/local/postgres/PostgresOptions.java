package org.memoryqueue.local.postgres;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link LocalPostgres} is started.
 *
 * @param directory where the data is kept; null for a temporary directory, deleted when the server is closed
 * @param port on 127.0.0.1; 0 for a free one
 * @param durable whether a commit survives a crash: {@code fsync}, {@code synchronous_commit} and
 *     {@code full_page_writes} all on, or all off
 * @param settings further server settings, as in postgresql.conf
 * @param log file for what the server prints; null for none
 */
public record PostgresOptions(
        @Nullable Path directory,
        int port,
        boolean durable,
        Map<String, String> settings,
        @Nullable Path log) {

    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** Forgets everything when closed, and is fast rather than durable. */
    public static PostgresOptions temporary() {
        return new PostgresOptions(null, 0, false, Map.of(), null);
    }

    /** Keeps its data in that directory, durably. */
    public static PostgresOptions keptIn(Path directory) {
        return new PostgresOptions(directory.toAbsolutePath(), 0, true, Map.of(), null);
    }

    public PostgresOptions withPort(int newPort) {
        return new PostgresOptions(directory, newPort, durable, settings, log);
    }

    public PostgresOptions withDurable(boolean newDurable) {
        return new PostgresOptions(directory, port, newDurable, settings, log);
    }

    public PostgresOptions withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new PostgresOptions(directory, port, durable, more, log);
    }

    public PostgresOptions withLog(Path newLog) {
        return new PostgresOptions(directory, port, durable, settings, newLog);
    }
}
