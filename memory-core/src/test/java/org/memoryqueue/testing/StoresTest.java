package org.memoryqueue.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.redis.client.Command;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.commit.GroupCommitConfig;
import org.memoryqueue.database.Schema;
import org.memoryqueue.lease.Leases;

class StoresTest {

    @RegisterExtension
    static final Stores stores = new Stores().with("memory.group-commit.max-batch", "7");

    @Test
    void bringAMigratedAndWritableDatabaseWithoutJobs() {
        assertThat(Stores.await(stores.bean(Schema.class).isMigrated())).isTrue();
        assertThat(Stores.await(stores.bean(Schema.class).isWritable())).isTrue();
        assertThat(stores.everything())
                .containsKeys("memory_job", "student_chat_memories", "queue_counter")
                .satisfies(tables -> assertThat(tables.get("memory_job")).isEmpty());
    }

    @Test
    void bringAnEmptyRedis() {
        assertThat(stores.redis(Command.DBSIZE).toInteger()).isZero();
    }

    @Test
    void makeEachBeanOnceWithItsPackagePrivateParts() {
        assertThat(stores.bean(Leases.class)).isSameAs(stores.bean(Leases.class));
    }

    @Test
    void keepDefaultsOfSettingsThatNobodySet() {
        GroupCommitConfig config = stores.bean(GroupCommitConfig.class);
        assertThat(config.maxBatch()).isEqualTo(7);
        assertThat(config.linger()).isEqualTo(Duration.ofMillis(2));
    }
}
