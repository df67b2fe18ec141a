package org.memoryqueue.deployment;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Translates the variables that a deployment sets ({@code DATABASE_URL}, {@code REDIS_HOST}, …) into the settings of
 * the clients. It stands above {@code application.properties} and below the environment, so that a setting given by its
 * own name wins.
 */
public final class DeploymentVariables implements ConfigSourceFactory {

    private static final int ORDINAL = 275;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        Map<String, String> settings = new HashMap<>();
        value(context, "DATABASE_URL").ifPresent(url -> settings.putAll(DatabaseUrl.settings(url)));
        value(context, "DATABASE_POOL_SIZE")
                .ifPresent(size -> settings.put("quarkus.datasource.reactive.max-size", poolSize(size)));
        value(context, "LOG_LEVEL").ifPresent(level -> settings.putAll(LogLevel.settings(level)));
        settings.putAll(new RedisVariables(name -> value(context, name)).settings());
        return List.of(new PropertiesConfigSource(settings, "deployment variables", ORDINAL));
    }

    private static String poolSize(String size) {
        if (!size.matches("[1-9]|[1-4][0-9]|50")) {
            throw new IllegalArgumentException("DATABASE_POOL_SIZE must be a number from 1 to 50");
        }
        return size;
    }

    private static Optional<String> value(ConfigSourceContext context, String name) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank()
                ? Optional.empty()
                : Optional.of(value.getValue().strip());
    }
}
