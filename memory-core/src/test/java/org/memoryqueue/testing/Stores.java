package org.memoryqueue.testing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.redis.runtime.datasource.ReactiveRedisDataSourceImpl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisAPI;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.IndexContents;
import org.memoryqueue.local.redis.LocalRedis;

/**
 * A fresh database, an empty Redis, and the beans of this module on top of them, for one test class:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final Stores stores = new Stores();
 * }</pre>
 *
 * The clients are set up like those of the services. The tests of a class share the database: each makes its own data.
 */
public final class Stores implements BeforeAllCallback, AfterAllCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final io.vertx.mutiny.core.Vertx MUTINY = io.vertx.mutiny.core.Vertx.newInstance(Clients.vertx());

    private final Map<String, String> settings = new HashMap<>();
    private @Nullable Open open;

    private record Open(Pool pool, Redis redis, Beans beans) {}

    /** Sets a property of a {@code @ConfigMapping}, by its full name. */
    public Stores with(String property, String value) {
        settings.put(property, value);
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    /** Opens them, for an engine that knows no extensions. */
    public void start() {
        Pool pool = connect(LocalServers.freshDatabase());
        Redis redis = connect(LocalServers.redis());
        await(redis.send(Request.cmd(Command.FLUSHALL)));
        open = new Open(pool, redis, beans(pool, redis));
    }

    /** Closes what {@link #start} opened. */
    public void stop() {
        await(pool().close());
        redis().close();
    }

    /** The bean of that class, on these stores. */
    public <T> T bean(Class<T> type) {
        return open().beans().get(type);
    }

    /** Other beans on the same database, but with another Redis: one that can be killed. */
    public Beans beansWith(Redis other) {
        return beans(pool(), other);
    }

    /** The client of the database. */
    public Pool pool() {
        return open().pool();
    }

    /** The client of the Redis that all tests of this JVM share. */
    public Redis redis() {
        return open().redis();
    }

    /** Runs a statement and returns its rows. */
    public List<Row> rows(String sql, Object... parameters) {
        return StreamSupport.stream(
                        await(pool().preparedQuery(sql).execute(Tuple.from(List.of(parameters))))
                                .spliterator(),
                        false)
                .toList();
    }

    /** Runs a statement and returns the one value of its one row. */
    public Object value(String sql, Object... parameters) {
        List<Row> rows = rows(sql, parameters);
        if (rows.size() != 1) {
            throw new AssertionError("One row was expected, not " + rows.size());
        }
        return Optional.ofNullable(rows.getFirst().getValue(0)).orElseThrow();
    }

    /** Sends a command to Redis. */
    public Response redis(Command command, Object... arguments) {
        return send(redis(), command, arguments);
    }

    /** Every row of every table, as text, without what Flyway keeps. */
    public Map<String, List<String>> everything() {
        Map<String, List<String>> contents = new HashMap<>();
        for (Row table :
                rows("SELECT tablename FROM pg_tables WHERE schemaname = 'memory' AND tablename NOT LIKE 'fly%'")) {
            String name = table.getString(0);
            contents.put(
                    name,
                    rows("SELECT t::text FROM memory." + name + " t ORDER BY 1").stream()
                            .map(row -> row.getString(0))
                            .toList());
        }
        return contents;
    }

    private Open open() {
        return Optional.ofNullable(open).orElseThrow(() -> new IllegalStateException("Register this as an extension"));
    }

    /** Waits for the item, for at most 20 seconds. */
    public static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** Subscribes to all at once, and waits for all items, in the order of the list. */
    public static <T> List<T> awaitAll(List<Uni<T>> unis) {
        return await(Uni.join().all(unis).andCollectFailures());
    }

    /** Sends a command to a Redis; the reply is null where Redis answers nil. */
    public static Response send(Redis redis, Command command, Object... arguments) {
        Request request = Request.cmd(command);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return await(redis.send(request));
    }

    /** A client of a Redis, set up like those of the services. */
    public static Redis connect(LocalRedis server) {
        return Clients.of(Map.of("REDIS_HOST", server.host(), "REDIS_PORT", String.valueOf(server.port())))
                .redis();
    }

    /** The index of what is due in a Redis of the test's own. */
    public static DueIndex index(Redis redis) {
        return new Beans(Map.of())
                .with(ReactiveRedisDataSource.class, dataSource(redis))
                .get(DueIndex.class);
    }

    /** The contents of such an index. */
    public static IndexContents indexContents(Redis redis) {
        return new Beans(Map.of())
                .with(ReactiveRedisDataSource.class, dataSource(redis))
                .get(IndexContents.class);
    }

    /** JSON as the services read and write it. */
    public static ObjectMapper json() {
        return JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module(), new ParameterNamesModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private Beans beans(Pool pool, Redis redis) {
        return new Beans(settings)
                .with(Vertx.class, Clients.vertx())
                .with(Pool.class, pool)
                .with(ReactiveRedisDataSource.class, dataSource(redis))
                .with(ObjectMapper.class, json())
                .with(MeterRegistry.class, new SimpleMeterRegistry());
    }

    private static ReactiveRedisDataSource dataSource(Redis redis) {
        return new ReactiveRedisDataSourceImpl(MUTINY, redis, RedisAPI.api(redis));
    }

    private static Pool connect(String database) {
        return Clients.of(Map.of("DATABASE_URL", LocalServers.postgres().url(database)))
                .pool();
    }
}
