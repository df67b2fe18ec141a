package org.memoryqueue.worker.system;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a running system without workers: one for all of them, since its stores are slow to start, and another
 * after a test that failed, which may have left anything behind.
 */
final class Arena implements ParameterResolver, AfterEachCallback {

    /** What makes leases run out sooner, so that a build need not wait for it; the full size keeps the defaults. */
    static final Map<String, String> SHORT_LEASES = Size.of(
            Map.of("MEMORY_LEASE_DURATION", "3s", "MEMORY_MAINTENANCE_EVERY", "1s", "MEMORY_MAINTENANCE_GRACE", "1s"),
            Map.of());

    private static final String SYSTEM = "system";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningSystem.class;
    }

    @Override
    public RunningSystem resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).computeIfAbsent(SYSTEM, key -> start(), RunningSystem.class);
    }

    private static RunningSystem start() {
        try {
            return new RunningSystem(SHORT_LEASES);
        } catch (IOException e) {
            throw new IllegalStateException("The stores do not start", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        RunningSystem system = store(context).get(SYSTEM, RunningSystem.class);
        if (system == null) {
            return;
        }
        system.stopServices();
        if (context.getExecutionException().isPresent()) {
            store(context).remove(SYSTEM);
            system.close();
        }
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(Namespace.create(Arena.class));
    }
}
