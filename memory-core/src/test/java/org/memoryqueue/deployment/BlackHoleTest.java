package org.memoryqueue.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.LocalServers;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.testing.TcpProxy;
import org.memoryqueue.testing.TcpProxy.Mode;

/** A store that neither answers nor refuses: calls fail in time, and work again soon after it is back. */
class BlackHoleTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    /** More than there are connections, so that every place in the pool is occupied in the black hole. */
    private static final int CALLERS = 24;

    private static final Map<String, String> IMPATIENT_POOL = Map.of(
            "memory.database.pool.connect-timeout", "500ms",
            "memory.database.pool.answer-timeout", "2s",
            "memory.database.pool.acquire-timeout", "1s",
            "quarkus.datasource.reactive.idle-timeout", "1s",
            "quarkus.datasource.reactive.additional-properties.statement_timeout", "1000",
            "quarkus.datasource.reactive.additional-properties.idle_session_timeout", "3000");

    private static final Map<String, String> IMPATIENT_REDIS = Map.of(
            "quarkus.redis.tcp.connection-timeout", "500ms",
            "quarkus.redis.tcp.idle-timeout", "1s",
            "quarkus.redis.pool-recycle-timeout", "500ms",
            "quarkus.redis.pool-cleaner-interval", "100ms");

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "DROP"})
    void ofPostgresIsOverSoonAfterHealing(Mode blackHole) {
        testPostgres(blackHole, IMPATIENT_POOL, Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "DROP"})
    @EnabledIfSystemProperty(named = "memory.long-tests", matches = "true")
    void ofPostgresForAMinute(Mode blackHole) {
        testPostgres(blackHole, Map.of(), Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "DROP"})
    void ofRedisIsOverSoonAfterHealing(Mode blackHole) {
        testRedis(blackHole, IMPATIENT_REDIS, Duration.ZERO);
    }

    @ParameterizedTest
    @EnumSource(names = {"HOLD", "DROP"})
    @EnabledIfSystemProperty(named = "memory.long-tests", matches = "true")
    void ofRedisForAMinute(Mode blackHole) {
        testRedis(blackHole, Map.of(), Duration.ofSeconds(60));
    }

    private static void testPostgres(Mode blackHole, Map<String, String> settings, Duration atLeast) {
        String database = LocalServers.freshDatabase();
        try (TcpProxy network = TcpProxy.to(LocalServers.postgres().port())) {
            String url = LocalServers.postgres()
                    .url(database)
                    .replace(":" + LocalServers.postgres().port() + "/", ":" + network.port() + "/");
            Pool pool = Clients.of(with(settings, "DATABASE_URL", url)).pool();
            try (Callers callers = new Callers(() -> pool.query("SELECT 1").execute())) {
                surviving(network, blackHole, atLeast, callers);
            }
            occupyTogether(20, pool::getConnection);
            Stores.await(pool.close());
        }
        Pool direct = Clients.of(Map.of("DATABASE_URL", LocalServers.postgres().url(database)))
                .pool();
        await("the server has let go of all connections")
                .atMost(settings.isEmpty() ? Duration.ofSeconds(75) : SOON)
                .until(() -> othersOn(direct) == 0);
        Stores.await(direct.close());
    }

    private static long othersOn(Pool pool) {
        return Stores.await(pool.query("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                        .execute())
                .iterator()
                .next()
                .getLong(0);
    }

    private static void testRedis(Mode blackHole, Map<String, String> settings, Duration atLeast) {
        try (TcpProxy network = TcpProxy.to(LocalServers.redis().port())) {
            Redis redis = Clients.of(with(settings, "REDIS_PORT", String.valueOf(network.port())))
                    .redis();
            DueIndex index = Stores.index(redis);
            try (Callers callers = new Callers(() -> index.add(List.of(new DueJob(1, Priority.LOW))))) {
                surviving(network, blackHole, atLeast, callers);
            }
            occupyTogether(8, redis::connect);
            redis.close();
        }
    }

    private static void surviving(TcpProxy network, Mode blackHole, Duration atLeast, Callers callers) {
        callers.awaitSuccessOfEach(SOON);

        network.become(blackHole);
        long begin = System.nanoTime();
        await().atMost(atLeast.plusSeconds(30))
                .until(() -> callers.eachHasFailedTwice() && System.nanoTime() - begin > atLeast.toNanos());
        network.become(Mode.FORWARD);

        callers.awaitSuccessOfEach(SOON);
    }

    /** Takes all connections of a pool at once: this ends only if no place in it was lost. */
    private static <T> void occupyTogether(int places, Supplier<Uni<T>> connection) {
        assertThat(Stores.awaitAll(IntStream.range(0, places)
                        .mapToObj(place -> connection.get())
                        .toList()))
                .hasSize(places);
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        return Stream.concat(settings.entrySet().stream(), Map.of(name, value).entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Many who call a store, over and over, and note how it went. */
    private static final class Callers implements AutoCloseable {

        /** No call may take longer; what bounds it is configured far below. */
        private static final Duration FOR_EVER = Duration.ofSeconds(30);

        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Caller> all;

        Callers(Supplier<Uni<?>> call) {
            all = IntStream.range(0, CALLERS).mapToObj(i -> new Caller()).toList();
            all.forEach(caller -> Thread.startVirtualThread(() -> caller.run(call)));
        }

        void awaitSuccessOfEach(Duration patience) {
            List<Long> before =
                    all.stream().map(caller -> caller.successes.get()).toList();
            await().atMost(patience)
                    .until(() -> IntStream.range(0, CALLERS)
                            .allMatch(i -> all.get(i).successes.get() > before.get(i)));
        }

        boolean eachHasFailedTwice() {
            return all.stream().allMatch(caller -> caller.failures.get() >= 2);
        }

        @Override
        public void close() {
            ended.set(true);
            assertThat(all).noneMatch(caller -> caller.hung.get());
        }

        private final class Caller {
            private final AtomicLong successes = new AtomicLong();
            private final AtomicLong failures = new AtomicLong();
            private final AtomicBoolean hung = new AtomicBoolean();

            void run(Supplier<Uni<?>> call) {
                while (!ended.get()) {
                    try {
                        call.get().await().atMost(FOR_EVER);
                        successes.incrementAndGet();
                    } catch (TimeoutException e) {
                        hung.set(true);
                    } catch (RuntimeException e) {
                        failures.incrementAndGet();
                    }
                }
            }
        }
    }
}
