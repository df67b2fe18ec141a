package org.memoryqueue.deployment;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigValue;
import java.util.Optional;

/** The variables of a deployment, as they are set where a service starts. */
public final class Variables {

    /** The source by which Maven tells Quarkus its settings; it is there only while Quarkus builds. */
    private static final String BUILD = "PropertiesConfigSource[source=Build system]";

    private final ConfigSourceContext context;
    private final boolean building;

    private Variables(ConfigSourceContext context, boolean building) {
        this.context = context;
        this.building = building;
    }

    /**
     * The variables that a source of settings is to translate. While Quarkus builds there are none: it writes what a source
     * says into what it builds, and so would the password of a database that whoever builds has in their environment.
     */
    public static Variables of(ConfigSourceContext context) {
        return new Variables(
                context,
                context.getConfigSources().stream()
                        .anyMatch(source -> source.getName().equals(BUILD)));
    }

    /** The value of a variable; empty where it is not set, or blank. */
    public Optional<String> find(String name) {
        if (building) {
            return Optional.empty();
        }
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank()
                ? Optional.empty()
                : Optional.of(value.getValue().strip());
    }
}
