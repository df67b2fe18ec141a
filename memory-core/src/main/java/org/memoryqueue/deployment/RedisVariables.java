package org.memoryqueue.deployment;

import java.util.HashMap;
import java.util.Locale;
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

    private static final int MAX_PORT = 65_535;

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
        if (isEncrypted()) {
            settings.put(PREFIX + "tls-configuration-name", "redis");
        }
        return settings;
    }

    private String hosts() {
        String scheme = isEncrypted() ? "rediss://" : "redis://";
        String addresses = variable.apply("REDIS_HOSTS").orElseGet(() -> host() + ":" + port());
        return Stream.of(addresses.split(","))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .map(address -> scheme + address)
                .collect(Collectors.joining(","));
    }

    /** Not guessed from words like "yes": what is not understood must not become a connection in plain text. */
    private boolean isEncrypted() {
        return switch (variable.apply("REDIS_TLS").orElse("false").toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("REDIS_TLS must be true or false");
        };
    }

    private String host() {
        String host = variable.apply("REDIS_HOST").orElse("localhost");
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    private String port() {
        String port = variable.apply("REDIS_PORT").orElse("6379");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > MAX_PORT) {
            throw new IllegalArgumentException("REDIS_PORT must be a number from 1 to 65535 (Kubernetes sets it to an"
                    + " address when a Service is called redis: set enableServiceLinks to false)");
        }
        return port;
    }

    private String mode() {
        String mode = variable.apply("REDIS_MODE").orElse("standalone");
        if (!MODES.contains(mode)) {
            throw new IllegalArgumentException("REDIS_MODE must be one of standalone, cluster, sentinel");
        }
        return mode;
    }
}
