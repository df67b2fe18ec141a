package org.memoryqueue.testing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Makes beans as the container does, each once, by its only constructor, without the container's start-up time. A
 * {@code @ConfigMapping} has its defaults unless a setting says otherwise. A bean that gains an argument needs no change
 * in any test.
 */
public final class Beans {

    private final Map<String, String> settings;
    private final Map<Class<?>, Object> made = new HashMap<>();

    /** @param settings by the full name of the property */
    public Beans(Map<String, String> settings) {
        this.settings = Map.copyOf(settings);
    }

    /** Gives what cannot be made by a constructor: clients, clocks. */
    public <T> Beans with(Class<T> type, T given) {
        made.put(type, given);
        return this;
    }

    /** The one bean of that class. */
    public <T> T get(Class<T> type) {
        Object known = made.get(type);
        if (known != null) {
            return type.cast(known);
        }
        T bean = type.isAnnotationPresent(ConfigMapping.class) ? configuration(type) : make(type);
        made.put(type, bean);
        return bean;
    }

    private <T> T configuration(Class<T> type) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(type)
                .withValidateUnknown(false)
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build()
                .getConfigMapping(type);
    }

    private <T> T make(Class<T> type) {
        Constructor<?>[] constructors = type.getDeclaredConstructors();
        if (type.isInterface() || constructors.length != 1) {
            throw new IllegalArgumentException(type + " must be given, or have exactly one constructor");
        }
        Object[] arguments =
                Stream.of(constructors[0].getParameterTypes()).map(this::get).toArray();
        try {
            constructors[0].setAccessible(true);
            return type.cast(constructors[0].newInstance(arguments));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("The constructor of " + type + " failed", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }
}
