package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Stores;

class SteppingDownTest {

    @RegisterExtension
    static final Stores stores =
            new Stores().with("memory.group-commit.linger", "1ms").with("memory.maintenance.every", "200ms");

    @Test
    void leavesTheLeadToAProcessThatCanReachRedis() {
        Maintenance blind = stores.beansWith(Clients.of(Map.of("REDIS_HOST", "127.0.0.1", "REDIS_PORT", "1"))
                        .redis())
                .get(Maintenance.class);
        Maintenance seeing = stores.beansWith(stores.redis()).get(Maintenance.class);
        stores.rows("UPDATE memory.maintenance_leader SET holder = 'nobody', until = '-infinity'");
        stores.redis(Command.FLUSHALL);
        await(blind.lead());
        await(seeing.lead());
        await(seeing.indexRound());
        assertThat(isMarked()).isFalse();

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    await(blind.lead());
                    await(blind.indexRound());
                    await(seeing.lead());
                    await(seeing.indexRound());
                    return isMarked();
                });
    }

    private static boolean isMarked() {
        return stores.redis(Command.EXISTS, StreamKeys.MARK).toInteger() == 1;
    }
}
