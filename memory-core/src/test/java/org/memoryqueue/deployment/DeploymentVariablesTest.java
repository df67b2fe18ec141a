package org.memoryqueue.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeploymentVariablesTest {

    @Test
    void becomeTheSettingsOfTheClients() {
        SmallRyeConfig config = config(
                Map.of("DATABASE_URL", " postgresql://a:b@h/d ", "DATABASE_POOL_SIZE", "7", "LOG_LEVEL", "debug"));
        assertThat(value(config, "quarkus.datasource.reactive.url")).contains("postgresql://h:5432/d");
        assertThat(value(config, "quarkus.datasource.reactive.max-size")).contains("7");
        assertThat(value(config, "quarkus.log.level")).contains("INFO");
        assertThat(value(config, "quarkus.redis.hosts")).contains("redis://localhost:6379");
    }

    @Test
    void giveWayToASettingByItsOwnNameInTheEnvironment() {
        SmallRyeConfig config = config(Map.of("DATABASE_POOL_SIZE", "7", "quarkus.datasource.reactive.max-size", "9"));
        assertThat(value(config, "quarkus.datasource.reactive.max-size")).contains("9");
    }

    @Test
    void areIgnoredWhenBlank() {
        SmallRyeConfig config = config(Map.of("DATABASE_URL", " ", "LOG_LEVEL", "", "REDIS_HOST", " "));
        assertThat(value(config, "quarkus.datasource.reactive.url")).isEmpty();
        assertThat(value(config, "quarkus.redis.hosts")).contains("redis://localhost:6379");
    }

    @Test
    void areNotWrittenIntoWhatIsBuilt() {
        SmallRyeConfig whileBuilding = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(
                        Map.of("DATABASE_URL", "postgresql://me:secret@h/d", "REDIS_PASSWORD", "secret"),
                        "environment",
                        300))
                .withSources(new PropertiesConfigSource(Map.of(), "Build system", 100))
                .withSources(new DeploymentVariables())
                .build();
        assertThat(value(whileBuilding, "quarkus.datasource.password")).isEmpty();
        assertThat(value(whileBuilding, "quarkus.redis.password")).isEmpty();
        assertThat(value(whileBuilding, "quarkus.redis.hosts")).contains("redis://localhost:6379");
    }

    @Test
    void stopTheBootWhenTheyAreWrong() {
        assertThatThrownBy(() -> config(Map.of("DATABASE_URL", "nonsense")))
                .hasStackTraceContaining("DATABASE_URL must have the form");
    }

    private static Optional<String> value(SmallRyeConfig config, String name) {
        return config.getOptionalValue(name, String.class);
    }

    /** The environment, as it stands in the order of sources. */
    private static SmallRyeConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withSources(new DeploymentVariables())
                .build();
    }
}
