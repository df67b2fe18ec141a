package org.memoryqueue.dispatch;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.LocalRedisCluster;

/** The index on a Redis Cluster: all of its keys are in one slot, which one master serves. */
class ClusterTest extends RedundantRedis {

    private static LocalRedisCluster cluster;

    @BeforeAll
    static void start() throws IOException {
        cluster = LocalRedisCluster.start();
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
    }

    @Override
    Map<String, String> variables() {
        return Map.of("REDIS_MODE", "cluster", "REDIS_HOSTS", cluster.hosts());
    }

    @Override
    LocalRedis master() throws IOException {
        return cluster.owner(StreamKeys.stream(Priority.HIGH));
    }
}
