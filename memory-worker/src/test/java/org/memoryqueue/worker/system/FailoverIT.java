package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.mutiny.redis.client.Redis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.LocalRedisCluster;
import org.memoryqueue.local.redis.LocalRedisSentinels;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Stores;
import org.memoryqueue.worker.system.Load.Pace;

/** The packaged services on a Redis of several servers, whose master is killed in the middle of a load. */
class FailoverIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<String, String> SHORT_TIMES =
            Map.of("MEMORY_LEASE_DURATION", "3s", "MEMORY_MAINTENANCE_EVERY", "1s", "MEMORY_MAINTENANCE_GRACE", "1s");

    /** Who is the master now; fails in the middle of a failover. */
    @FunctionalInterface
    private interface Master {
        LocalRedis now() throws IOException;
    }

    @Test
    void losesNothingWhenAClusterFailsOver() throws Exception {
        try (LocalRedisCluster cluster = LocalRedisCluster.start()) {
            failOver(
                    Map.of("REDIS_MODE", "cluster", "REDIS_HOSTS", cluster.hosts()),
                    () -> cluster.owner(StreamKeys.streams().getFirst()));
        }
    }

    @Test
    void losesNothingWhenSentinelsFailOver() throws Exception {
        try (LocalRedisSentinels sentinels = LocalRedisSentinels.start()) {
            failOver(
                    Map.of(
                            "REDIS_MODE",
                            "sentinel",
                            "REDIS_HOSTS",
                            sentinels.hosts(),
                            "REDIS_MASTER_NAME",
                            LocalRedisSentinels.MASTER_NAME),
                    sentinels::master);
        }
    }

    private static void failOver(Map<String, String> variables, Master master) throws Exception {
        Map<String, String> settings = new HashMap<>(SHORT_TIMES);
        settings.putAll(variables);
        try (RunningSystem system = new RunningSystem(settings)) {
            system.startWorker(Setup.PLAIN);
            awaitWorkByRedis(system);
            Ledger ledger = new Ledger(system, "failover-");
            CompletableFuture<LocalRedis> killing =
                    CompletableFuture.supplyAsync(() -> killInTheMiddle(ledger, master));

            Load load = Load.start(
                    system,
                    List.of(system.api()),
                    ledger,
                    number -> Dialogues.session("failover-", number),
                    Dialogues.count(),
                    Pace.asFastAsAccepted(16));
            load.await(Duration.ofMinutes(5));
            LocalRedis killed = killing.join();
            await().atMost(SOON).ignoreExceptions().until(() -> master.now() != killed);

            awaitWorkByRedis(system);
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(5), system.api());
            awaitEmptyIndex(variables);
            Report.row(
                    "11: a failover of Redis, " + variables.get("REDIS_MODE"),
                    "the master killed in the middle of %d sessions, 1 worker, %s"
                            .formatted(Dialogues.count(), system.conditions()),
                    "%s; hand-ins refused %d, unanswered %d".formatted(balance, load.refused(), load.broken()));
            assertThat(load.refused() + load.broken())
                    .as("hand-ins refused or unanswered")
                    .isZero();
        }
    }

    private static LocalRedis killInTheMiddle(Ledger ledger, Master master) {
        await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(5)).until(() -> ledger.completed() > 50);
        try {
            LocalRedis killed = master.now();
            killed.kill();
            return killed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitWorkByRedis(RunningSystem system) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            JsonNode status =
                    JSON.readTree(system.api().get("/api/admin/queue-status").body());
            assertThat(status.get("redis").get("connected").asBoolean())
                    .as(status.toString())
                    .isTrue();
            assertThat(status.get("queue").get("dispatch").get("redis").asInt())
                    .as(status.toString())
                    .isEqualTo(1);
        });
    }

    private static void awaitEmptyIndex(Map<String, String> variables) {
        Redis redis = Clients.of(variables).redis();
        await().atMost(SOON).until(() -> Stores.await(Stores.index(redis).length()) == 0);
        redis.close();
    }
}
