package org.memoryqueue.summariser.openai;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings as a test gives them, read as those of a deployment are. */
public final class Settings {

    private Settings() {}

    public static LlmConfig of(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(LlmConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(LlmConfig.class);
    }
}
