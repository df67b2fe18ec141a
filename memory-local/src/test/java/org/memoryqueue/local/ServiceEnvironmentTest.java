package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServiceEnvironmentTest {
    @Test
    void passesOnWhatTheCallerHas() {
        ServiceEnvironment environment =
                new ServiceEnvironment(Map.of("MEMORY_LLM_MODEL", "llama", "LOG_LEVEL", "debug"));
        environment.useOwnPostgres("postgresql://memory@127.0.0.1/memory");
        environment.useOwnRedis("127.0.0.1", 16379);
        assertThat(environment.forApi(8080))
                .containsEntry("MEMORY_LLM_MODEL", "llama")
                .containsEntry("LOG_LEVEL", "debug")
                .containsEntry("DATABASE_URL", "postgresql://memory@127.0.0.1/memory")
                .containsEntry("REDIS_HOST", "127.0.0.1")
                .containsEntry("REDIS_PORT", "16379")
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", "8080");
    }

    @Test
    void keepsThePortOfTheApiFromTheWorkers() {
        ServiceEnvironment environment = new ServiceEnvironment(Map.of("QUARKUS_HTTP_PORT", "8080"));
        assertThat(environment.forWorker(3002))
                .containsEntry("WORKER_HEALTH_PORT", "3002")
                .doesNotContainKey("QUARKUS_HTTP_PORT");
    }

    @Test
    void takesAnyRedisAddressForTheCallersRedis() {
        assertThat(redisUrl(Map.of())).isEmpty();
        assertThat(redisUrl(Map.of("REDIS_HOST", " "))).isEmpty();
        assertThat(redisUrl(Map.of("REDIS_PASSWORD", "secret"))).isEmpty();
        assertThat(redisUrl(Map.of("REDIS_HOST", "cache"))).contains("redis://cache:6379");
        assertThat(redisUrl(Map.of("REDIS_PORT", "6380"))).contains("redis://localhost:6380");
        assertThat(redisUrl(Map.of("REDIS_HOSTS", "a:7000, b:7001", "REDIS_TLS", "true")))
                .contains("rediss://a:7000");
    }

    @Test
    void doesNotApplyTheMannersOfAnotherRedisToItsOwn() {
        ServiceEnvironment environment = new ServiceEnvironment(Map.of("REDIS_PASSWORD", "secret"));
        assertThat(environment.useOwnRedis("127.0.0.1", 16379)).containsExactly("REDIS_PASSWORD");
        assertThat(environment.forApi(8080)).doesNotContainKey("REDIS_PASSWORD");
    }

    @Test
    void showsThePageToTryTheApiUnlessTheCallerWantsNone() {
        assertThat(new ServiceEnvironment(Map.of()).forApi(8080)).containsEntry("QUARKUS_SWAGGER_UI_ENABLED", "true");
        assertThat(new ServiceEnvironment(Map.of("QUARKUS_SWAGGER_UI_ENABLED", "false")).forApi(8080))
                .containsEntry("QUARKUS_SWAGGER_UI_ENABLED", "false");
        assertThat(new ServiceEnvironment(Map.of()).forWorker(3001)).doesNotContainKey("QUARKUS_SWAGGER_UI_ENABLED");
    }

    private static Optional<String> redisUrl(Map<String, String> caller) {
        return new ServiceEnvironment(caller).redisUrl();
    }
}
