package org.memoryqueue.local.migrate;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the command line of {@code ./run import-bull} asks for.
 *
 * @param host of the old Redis
 * @param port of the old Redis
 * @param passwordVariable the variable of the environment that holds its password, if it has one
 * @param queue the name of the Bull queue
 * @param api the root of memory-api
 * @param tokenFile a file with a token of a service or an admin
 * @param includeFailed whether failed jobs are handed in as well
 * @param dryRun whether nothing is handed in
 */
record ImportBullOptions(
        String host,
        int port,
        Optional<String> passwordVariable,
        String queue,
        URI api,
        Path tokenFile,
        boolean includeFailed,
        boolean dryRun) {

    private static final Set<String> WITH_VALUE =
            Set.of("--redis", "--password-env", "--queue", "--api", "--token-file");
    private static final Set<String> SWITCHES = Set.of("--include-failed", "--dry-run");

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException if they are not understood, in words for the one who typed them
     */
    static ImportBullOptions parse(List<String> arguments) {
        Map<String, String> given = given(arguments);
        String redis = needed(given, "--redis");
        if (!redis.matches("[^:]+:\\d{1,5}")) {
            throw new IllegalArgumentException("--redis needs host:port, not " + redis);
        }
        String[] address = redis.split(":");
        return new ImportBullOptions(
                address[0],
                Integer.parseInt(address[1]),
                Optional.ofNullable(given.get("--password-env")),
                needed(given, "--queue"),
                root(needed(given, "--api")),
                Path.of(needed(given, "--token-file")),
                given.containsKey("--include-failed"),
                given.containsKey("--dry-run"));
    }

    private static Map<String, String> given(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Map<String, String> given = new HashMap<>();
        while (!rest.isEmpty()) {
            String argument = rest.removeFirst();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String option = equals < 0 ? argument : argument.substring(0, equals);
            if (SWITCHES.contains(argument)) {
                given.put(argument, "");
            } else if (WITH_VALUE.contains(option)) {
                given.put(option, value(option, equals < 0 ? rest.pollFirst() : argument.substring(equals + 1)));
            } else {
                throw new IllegalArgumentException("Unknown option " + argument);
            }
        }
        return given;
    }

    private static String value(String option, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return value;
    }

    private static String needed(Map<String, String> given, String option) {
        return Optional.ofNullable(given.get(option))
                .orElseThrow(() -> new IllegalArgumentException(option + " is needed"));
    }

    private static URI root(String api) {
        if (!api.matches("https?://[^/?#\\s]+/?")) {
            throw new IllegalArgumentException("--api needs the root of memory-api, such as http://127.0.0.1:8080");
        }
        return URI.create(api).resolve("/");
    }
}
