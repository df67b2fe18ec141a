package org.memoryqueue.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisVariablesTest {

    private static final String HOSTS = "quarkus.redis.hosts";
    private static final String MODE = "quarkus.redis.client-type";

    @Test
    void areALocalServerWhenNothingIsSet() {
        assertThat(settings(Map.of()))
                .containsExactlyInAnyOrderEntriesOf(Map.of(HOSTS, "redis://localhost:6379", MODE, "standalone"));
    }

    @Test
    void takeHostPortAndPassword() {
        assertThat(settings(Map.of("REDIS_HOST", "r", "REDIS_PORT", "7000", "REDIS_PASSWORD", "p@ss:word/")))
                .containsEntry(HOSTS, "redis://r:7000")
                .containsEntry("quarkus.redis.password", "p@ss:word/");
    }

    @Test
    void bracketABareIpv6Address() {
        assertThat(settings(Map.of("REDIS_HOST", "::1"))).containsEntry(HOSTS, "redis://[::1]:6379");
        assertThat(settings(Map.of("REDIS_HOST", "[::1]"))).containsEntry(HOSTS, "redis://[::1]:6379");
    }

    @Test
    void takeAClusterOfHosts() {
        assertThat(settings(Map.of("REDIS_MODE", "cluster", "REDIS_HOSTS", "a:1, b:2,,c:3 ", "REDIS_HOST", "ignored")))
                .containsEntry(HOSTS, "redis://a:1,redis://b:2,redis://c:3")
                .containsEntry(MODE, "cluster");
    }

    @Test
    void takeSentinelsWithTheNameOfTheirMaster() {
        assertThat(settings(Map.of("REDIS_MODE", "sentinel", "REDIS_HOSTS", "a:26379", "REDIS_MASTER_NAME", "main")))
                .containsEntry(MODE, "sentinel")
                .containsEntry("quarkus.redis.master-name", "main");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE"})
    void speakTlsToEveryHost(String yes) {
        assertThat(settings(Map.of("REDIS_TLS", yes, "REDIS_HOSTS", "a:1,b:2")))
                .containsEntry(HOSTS, "rediss://a:1,rediss://b:2")
                .containsEntry("quarkus.redis.tls-configuration-name", "redis");
    }

    @Test
    void speakPlainTextWhenToldSo() {
        assertThat(settings(Map.of("REDIS_TLS", "false")))
                .containsEntry(HOSTS, "redis://localhost:6379")
                .doesNotContainKey("quarkus.redis.tls-configuration-name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "yes", "on", "ture"})
    void refuseToGuessWhetherTlsIsMeant(String word) {
        assertThatThrownBy(() -> settings(Map.of("REDIS_TLS", word)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("REDIS_TLS must be true or false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://10.0.0.1:6379", "0", "65536", "-1", "six"})
    void refuseAPortThatIsNone(String port) {
        assertThatThrownBy(() -> settings(Map.of("REDIS_PORT", port)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("REDIS_PORT must be a number from 1 to 65535");
    }

    @Test
    void refuseAModeThatDoesNotExist() {
        assertThatThrownBy(() -> settings(Map.of("REDIS_MODE", "replicated")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("REDIS_MODE must be one of standalone, cluster, sentinel");
    }

    private static Map<String, String> settings(Map<String, String> variables) {
        return new RedisVariables(name -> Optional.ofNullable(variables.get(name))).settings();
    }
}
