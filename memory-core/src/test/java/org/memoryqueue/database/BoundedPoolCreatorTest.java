package org.memoryqueue.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.testing.Stores.await;
import static org.memoryqueue.testing.Stores.awaitAll;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.LocalServers;

class BoundedPoolCreatorTest {

    @Test
    void makesConnectionsWithTheLimitsOfTheServices() {
        Pool pool = pool(Map.of());
        assertThat(setting(pool, "statement_timeout")).isEqualTo("10s");
        assertThat(setting(pool, "lock_timeout")).isEqualTo("2s");
        assertThat(setting(pool, "idle_in_transaction_session_timeout")).isEqualTo("5s");
        assertThat(setting(pool, "idle_session_timeout")).isEqualTo("1min");
        await(pool.close());
    }

    @Test
    void makesNobodyWaitForAConnectionForEver() {
        Pool pool = pool(
                Map.of("quarkus.datasource.reactive.max-size", "1", "memory.database.pool.acquire-timeout", "500ms"));
        SqlConnection only = await(pool.getConnection());

        assertThatThrownBy(() -> await(pool.query("SELECT 1").execute())).hasMessageContaining("Timeout");
        assertThatThrownBy(() -> await(pool.getConnection())).hasStackTraceContaining("Timeout");

        await(only.close());
        await(pool.query("SELECT 1").execute());
        await(pool.close());
    }

    @Test
    void refusesAtOnceWhatIsBeyondTheQueue() {
        Pool pool = pool(Map.of("quarkus.datasource.reactive.max-size", "1", "memory.database.pool.max-waiting", "2"));
        SqlConnection only = await(pool.getConnection());
        List<CompletionStage<?>> waiting = List.of(
                pool.query("SELECT 1").execute().subscribeAsCompletionStage(),
                pool.query("SELECT 1").execute().subscribeAsCompletionStage());

        assertThatThrownBy(() -> await(pool.query("SELECT 1").execute()))
                .isInstanceOf(ConnectionPoolTooBusyException.class);

        await(only.close());
        awaitAll(waiting.stream()
                .map(each -> Uni.createFrom().completionStage(each))
                .toList());
        await(pool.close());
    }

    @Test
    void refusesSettingsThatContradictEachOther() {
        assertThatThrownBy(() -> pool(Map.of("quarkus.datasource.reactive.idle-timeout", "12s")))
                .hasMessage("quarkus.datasource.reactive.idle-timeout must be shorter than"
                        + " memory.database.pool.answer-timeout");
        assertThatThrownBy(() ->
                        pool(Map.of("quarkus.datasource.reactive.additional-properties.statement_timeout", "12000")))
                .hasMessage("memory.database.pool.answer-timeout must be longer than"
                        + " quarkus.datasource.reactive.additional-properties.statement_timeout");
    }

    private static Pool pool(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("DATABASE_URL", LocalServers.postgres().url("postgres"));
        return Clients.of(all).pool();
    }

    private static String setting(Pool pool, String name) {
        return await(pool.query("SHOW " + name).execute()).iterator().next().getString(0);
    }
}
