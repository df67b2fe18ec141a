package org.memoryqueue.api.limits;

import io.quarkus.redis.datasource.ReactiveRedisDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import org.memoryqueue.dispatch.Script;

/** Buckets that all instances share, in Redis. */
@Singleton
final class SharedBuckets {

    private static final Script TAKE = new Script("/redis/take-tokens.lua");

    /** Nobody waits for longer to be counted. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Redis redis;

    SharedBuckets(ReactiveRedisDataSource redis) {
        this.redis = redis.getRedis();
    }

    /**
     * Takes tokens, as many as there are up to a number. Fails while Redis is away.
     *
     * @param wanted at least 1
     */
    Uni<Tokens> take(String bucket, Rate rate, int wanted) {
        return TAKE.call(
                        redis,
                        List.of("memory:rate:" + bucket),
                        List.of(String.valueOf(rate.perSecond()), String.valueOf(rate.burst()), String.valueOf(wanted)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(reply -> new Tokens(
                        reply.get(0).toInteger(),
                        reply.get(1).toInteger(),
                        Duration.ofMillis(reply.get(2).toLong()),
                        Duration.ofMillis(reply.get(3).toLong())));
    }
}
