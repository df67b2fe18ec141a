package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.job.Priority.HIGH;
import static org.memoryqueue.job.Priority.LOW;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.testing.LocalServers;
import org.memoryqueue.testing.Stores;

/** On each version of Redis at hand. */
@ParameterizedClass(name = "Redis {1}", autoCloseArguments = false)
@MethodSource("servers")
class DeadConsumersTest {

    @RegisterExtension
    static final Stores atOnce = new Stores().with("memory.maintenance.consumer-silence", "0s");

    @RegisterExtension
    static final Stores afterTenMinutes = new Stores();

    private final Redis redis;
    private final IndexedQueue queue;

    DeadConsumersTest(LocalRedis server, String version) {
        this.redis = Stores.connect(server);
        this.queue = new IndexedQueue(atOnce, redis);
    }

    static Stream<Arguments> servers() {
        return LocalServers.redisOfEachVersion().stream().map(server -> Arguments.of(server, server.version()));
    }

    @BeforeEach
    void begin() {
        queue.clear();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void areRemovedWhereTheyHoldNothing() {
        queue.enter(HIGH, 1);
        queue.enter(LOW, 2);
        List<StreamEntry> held = queue.read(1, 1, 1);

        remove(atOnce);
        assertThat(consumers(HIGH)).containsExactly("worker");
        assertThat(consumers(LOW)).containsExactly("worker");

        await(queue.index().acknowledge(held.subList(0, 1)));
        remove(atOnce);
        assertThat(consumers(HIGH)).isEmpty();
        assertThat(consumers(LOW)).containsExactly("worker");
    }

    @Test
    void areMadeAnewWhenTheyWereAliveAfterAll() {
        queue.enter(HIGH, 1);
        await(queue.index().acknowledge(queue.read(1, 1, 1)));
        remove(atOnce);
        queue.enter(HIGH, 2);
        assertThat(queue.read(1, 1, 1)).hasSize(1);
    }

    @Test
    void areKeptWhileTheyWereHeardOfLately() {
        queue.enter(HIGH, 1);
        await(queue.index().acknowledge(queue.read(1, 1, 1)));
        remove(afterTenMinutes);
        assertThat(consumers(HIGH)).containsExactly("worker");
    }

    @Test
    void areNotMissedWhereStreamsOrGroupsAreGone() {
        queue.send(Command.FLUSHALL);
        remove(atOnce);
        queue.enter(HIGH, 1);
        remove(atOnce);
        assertThat(queue.entered(HIGH)).containsExactly(1L);
    }

    private void remove(Stores stores) {
        await(stores.beansWith(redis).get(DeadConsumers.class).remove());
    }

    private List<String> consumers(Priority priority) {
        List<String> names = new ArrayList<>();
        for (Response consumer :
                queue.send(Command.XINFO, "CONSUMERS", StreamKeys.stream(priority), StreamKeys.GROUP)) {
            names.add(consumer.get(1).toString());
        }
        return names;
    }
}
