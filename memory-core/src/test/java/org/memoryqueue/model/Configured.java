package org.memoryqueue.model;

import java.util.Optional;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/** Takes the number of tries from {@code memory.model.tries}, and a seed from {@code memory.model.seed}, where given. */
final class Configured implements AroundPropertyHook {

    static Optional<Integer> tries() {
        return Optional.ofNullable(Integer.getInteger("memory.model.tries"));
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        tries().ifPresent(tries -> context.attributes().setTries(tries));
        Optional.ofNullable(System.getProperty("memory.model.seed"))
                .ifPresent(seed -> context.attributes().setSeed(seed));
        return property.execute();
    }
}
