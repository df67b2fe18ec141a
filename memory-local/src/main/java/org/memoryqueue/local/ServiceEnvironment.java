package org.memoryqueue.local;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The environment variables of the two services: the caller's own, and on top of them where the servers are. A server
 * that the caller names is used, and none is started in its place.
 */
final class ServiceEnvironment {
    private static final List<String> REDIS_ADDRESS = List.of("REDIS_HOST", "REDIS_PORT", "REDIS_HOSTS");

    /** What describes a Redis of the caller's, and would be wrong for ours. */
    private static final List<String> REDIS_MANNERS =
            List.of("REDIS_PASSWORD", "REDIS_MODE", "REDIS_MASTER_NAME", "REDIS_TLS");

    private final Map<String, String> caller;
    private final Map<String, String> variables;

    ServiceEnvironment(Map<String, String> caller) {
        this.caller = caller;
        this.variables = new TreeMap<>(caller);
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    }

    /** The caller's Postgres. */
    Optional<String> databaseUrl() {
        return value("DATABASE_URL");
    }

    /** The caller's Redis, {@code redis://host:port}; the first one when there are several. */
    Optional<String> redisUrl() {
        if (REDIS_ADDRESS.stream().noneMatch(name -> value(name).isPresent())) {
            return Optional.empty();
        }
        String address = value("REDIS_HOSTS")
                .map(hosts -> hosts.split(",", 2)[0].strip())
                .orElseGet(() -> value("REDIS_HOST").orElse("localhost") + ":"
                        + value("REDIS_PORT").orElse("6379"));
        boolean encrypted = value("REDIS_TLS").filter("true"::equalsIgnoreCase).isPresent();
        return Optional.of((encrypted ? "rediss://" : "redis://") + address);
    }

    void useOwnPostgres(String url) {
        variables.put("DATABASE_URL", url);
    }

    /** Returns the caller's variables that this makes meaningless, so that they can be told. */
    List<String> useOwnRedis(String host, int port) {
        List<String> dropped =
                REDIS_MANNERS.stream().filter(name -> value(name).isPresent()).toList();
        REDIS_MANNERS.forEach(variables::remove);
        variables.remove("REDIS_HOSTS");
        variables.put("REDIS_HOST", host);
        variables.put("REDIS_PORT", Integer.toString(port));
        return dropped;
    }

    /** What the services need to know in order to believe the tokens of this run. */
    void believe(Map<String, String> tokens) {
        variables.putAll(tokens);
    }

    /**
     * Its patience with requests under way is cut, so that it ends by itself within the time of its {@link Role}. It shows
     * the page on which to try the API.
     */
    Map<String, String> forApi(int port) {
        Map<String, String> api = new TreeMap<>(variables);
        api.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        api.putIfAbsent("QUARKUS_SHUTDOWN_TIMEOUT", "600MS");
        api.putIfAbsent("QUARKUS_SWAGGER_UI_ENABLED", "true");
        return api;
    }

    /**
     * Without QUARKUS_HTTP_PORT, which is meant for the API and would win over the worker's own setting. What has not
     * ended in a second is released, so that nothing waits for a lease to run out.
     */
    Map<String, String> forWorker(int healthPort) {
        Map<String, String> worker = new TreeMap<>(variables);
        worker.remove("QUARKUS_HTTP_PORT");
        worker.put("WORKER_HEALTH_PORT", Integer.toString(healthPort));
        worker.putIfAbsent("MEMORY_WORKER_SHUTDOWN_GRACE", "1S");
        return worker;
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(caller.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
