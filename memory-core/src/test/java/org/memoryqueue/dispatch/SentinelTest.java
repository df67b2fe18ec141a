package org.memoryqueue.dispatch;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.LocalRedisSentinels;

/** The index on a Redis that Sentinels watch: they say who the master is. */
class SentinelTest extends RedundantRedis {

    private static LocalRedisSentinels sentinels;

    @BeforeAll
    static void start() throws IOException {
        sentinels = LocalRedisSentinels.start();
    }

    @AfterAll
    static void stop() throws IOException {
        sentinels.close();
    }

    @Override
    Map<String, String> variables() {
        return Map.of(
                "REDIS_MODE",
                "sentinel",
                "REDIS_HOSTS",
                sentinels.hosts(),
                "REDIS_MASTER_NAME",
                LocalRedisSentinels.MASTER_NAME);
    }

    @Override
    LocalRedis master() throws IOException {
        return sentinels.master();
    }
}
