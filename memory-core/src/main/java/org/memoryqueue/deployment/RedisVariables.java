package org.memoryqueue.deployment;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the {@code REDIS_*} variables. */
final class RedisVariables {

    private static final Set<String> MODES = Set.of("standalone", "cluster", "sentinel");

    private static final String PREFIX = "quarkus.redis.";

    private final Function<String, Optional<String>> variable;

    RedisVariables(Function<String, Optional<String>> variable) {
        this.variable = variable;
    }

    /** The settings of the client. */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(PREFIX + "hosts", hosts());
        settings.put(PREFIX + "client-type", mode());
        variable.apply("REDIS_PASSWORD").ifPresent(password -> settings.put(PREFIX + "password", password));
        variable.apply("REDIS_MASTER_NAME").ifPresent(master -> settings.put(PREFIX + "master-name", master));
        return settings;
    }

    private String hosts() {
        String scheme =
                variable.apply("REDIS_TLS").filter(Boolean::parseBoolean).isPresent() ? "rediss://" : "redis://";
        String addresses = variable.apply("REDIS_HOSTS")
                .orElseGet(() -> variable.apply("REDIS_HOST").orElse("localhost") + ":"
                        + variable.apply("REDIS_PORT").orElse("6379"));
        return Stream.of(addresses.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> scheme + address)
                .collect(Collectors.joining(","));
    }

    private String mode() {
        String mode = variable.apply("REDIS_MODE").orElse("standalone");
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("REDIS_MODE must be one of standalone, cluster, sentinel");
        }
        return mode;
    }
}
