package org.memoryqueue.worker.dispatch;

import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.StreamEntry;

/** Waits for work when all streams are empty, on a client of its own, since a blocking read occupies its connection. */
@Singleton
final class BlockingRead {

    private final ReactiveRedisDataSource redis;

    BlockingRead(@RedisClientName("consumer") ReactiveRedisDataSource redis) {
        this.redis = redis;
    }

    /** Takes the next entry of each stream as soon as there is one; an empty list when the patience ends. */
    Uni<List<StreamEntry>> next(String consumer, Duration patience) {
        return DueIndex.readBlocking(redis.getRedis(), consumer, patience);
    }
}
