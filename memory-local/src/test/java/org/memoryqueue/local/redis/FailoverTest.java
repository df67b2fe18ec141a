package org.memoryqueue.local.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailoverTest {

    private static final String KEY = "{memory}:word";

    @Test
    void aClusterServesAKeyFromTheReplicaOfTheMasterThatWasKilled() throws Exception {
        try (LocalRedisCluster cluster = LocalRedisCluster.start()) {
            assertThat(cluster.hosts().split(",")).hasSize(6);
            LocalRedis owner = cluster.owner(KEY);
            assertThat(Question.ask(owner.port(), "SET", KEY, "kept")).containsExactly("OK");
            assertThat(Question.ask(owner.port(), "WAIT", "1", "1000")).containsExactly("1");

            owner.kill();

            Waiting.until(
                    "another node served the key", () -> cluster.owner(KEY).port() != owner.port());
            assertThat(Question.ask(cluster.owner(KEY).port(), "GET", KEY)).isEqualTo(List.of("kept"));
        }
    }

    @Test
    void sentinelsMakeAReplicaTheMasterWhenTheMasterWasKilled() throws Exception {
        try (LocalRedisSentinels set = LocalRedisSentinels.start()) {
            assertThat(set.hosts().split(",")).hasSize(3);
            LocalRedis master = set.master();
            assertThat(Question.ask(master.port(), "SET", KEY, "kept")).containsExactly("OK");
            assertThat(Question.ask(master.port(), "WAIT", "2", "1000")).containsExactly("2");

            master.kill();

            Waiting.until("another server was the master", () -> set.master().port() != master.port());
            Waiting.until(
                    "it took writes",
                    () -> Question.ask(set.master().port(), "SET", KEY, "new").equals(List.of("OK")));
        }
    }
}
