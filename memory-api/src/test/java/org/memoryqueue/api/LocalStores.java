package org.memoryqueue.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.redis.LocalRedis;

/** A real Postgres and a real Redis for the service under test; tests may take either away and bring it back. */
public final class LocalStores implements QuarkusTestResourceLifecycleManager {

    private static @Nullable LocalPostgres postgres;
    private static @Nullable LocalRedis redis;

    @Override
    public Map<String, String> start() {
        try {
            LocalPostgres startedPostgres = LocalPostgres.start();
            LocalRedis startedRedis = LocalRedis.start();
            postgres = startedPostgres;
            redis = startedRedis;
            return Map.of(
                    "DATABASE_URL",
                    startedPostgres.url(),
                    "REDIS_HOST",
                    startedRedis.host(),
                    "REDIS_PORT",
                    String.valueOf(startedRedis.port()),
                    "MEMORY_JWT_SECRET",
                    Tokens.SECRET,
                    "MEMORY_JWT_ISSUER",
                    Tokens.ISSUER,
                    "MEMORY_JWT_AUDIENCE",
                    Tokens.AUDIENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static LocalRedis redis() {
        LocalRedis started = redis;
        if (started == null) {
            throw new IllegalStateException("not started");
        }
        return started;
    }

    @Override
    public void stop() {
        try {
            if (redis != null) {
                redis.close();
            }
            if (postgres != null) {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
