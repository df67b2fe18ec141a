package org.memoryqueue.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.memoryqueue.dispatch.DueIndex;

/** What REDIS_TLS says holds for every client of Redis. */
@QuarkusTest
@QuarkusTestResource(value = TlsRedis.class, restrictToAnnotatedClass = true)
class RedisTlsTest {

    @Inject
    DueIndex index;

    @Inject
    @RedisClientName("consumer")
    ReactiveRedisDataSource consumer;

    @Test
    void reachesRedisOverTlsByBothClients() {
        await(index.createGroups());
        assertThat(await(index.isReachable())).isTrue();
        assertThat(await(consumer.getRedis().send(Request.cmd(Command.PING))).toString())
                .isEqualTo("PONG");
    }
}
