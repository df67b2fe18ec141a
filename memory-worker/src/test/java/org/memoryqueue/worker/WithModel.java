package org.memoryqueue.worker;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;

/** A worker that asks a language model, on a port at which a test may start one, with a budget after which it waits. */
public final class WithModel implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "quarkus.arc.exclude-types", ScriptedSummariser.class.getName(),
                "memory.llm.api-key", "k",
                "memory.llm.max-prompt-tokens", "9000",
                "memory.llm.price-input", "1",
                "memory.llm.price-output", "1",
                "memory.llm.daily-budget", "100",
                "memory.llm.budget-exhausted", "pause");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(ModelAddress.class));
    }

    /** An address that is free. */
    public static final class ModelAddress implements QuarkusTestResourceLifecycleManager {

        @Override
        public Map<String, String> start() {
            try (ServerSocket free = new ServerSocket(0)) {
                return Map.of("memory.llm.base-url", "http://127.0.0.1:" + free.getLocalPort() + "/v1");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {
            // Nothing was started.
        }
    }
}
