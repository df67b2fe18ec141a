package org.memoryqueue.deployment;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Variables variables = Variables.of(context);
        Map<String, String> settings = new HashMap<>();
        variables.find("DATABASE_URL").ifPresent(url -> settings.putAll(DatabaseUrl.settings(url)));
        variables
                .find("DATABASE_POOL_SIZE")
                .ifPresent(size -> settings.put("quarkus.datasource.reactive.max-size", poolSize(size)));
        variables.find("LOG_LEVEL").ifPresent(level -> settings.putAll(LogLevel.settings(level)));
        settings.putAll(new RedisVariables(variables::find).settings());
        return List.of(new PropertiesConfigSource(settings, "deployment variables", ORDINAL));
    }

    private static String poolSize(String size) {
        if (!size.matches("[1-9]|[1-4][0-9]|50")) {
            throw new IllegalArgumentException("DATABASE_POOL_SIZE must be a number from 1 to 50");
        }
        return size;
    }
}
