package org.memoryqueue.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.memoryqueue.testing.LocalServers;

/** A migrated Postgres and a real Redis for the worker under test. */
public final class MigratedStores implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "DATABASE_URL", LocalServers.postgres().url(LocalServers.freshDatabase()),
                "REDIS_HOST", LocalServers.redis().host(),
                "REDIS_PORT", String.valueOf(LocalServers.redis().port()),
                "memory.worker.concurrency", "3",
                "memory.lease.duration", "3s",
                "memory.maintenance.every", "1s",
                "memory.maintenance.grace", "1s");
    }

    @Override
    public void stop() {
        // The servers are shared by all tests of this JVM and end with it.
    }
}
