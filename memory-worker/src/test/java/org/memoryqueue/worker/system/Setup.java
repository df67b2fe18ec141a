package org.memoryqueue.worker.system;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.memoryqueue.testing.SelfSignedCertificate;
import org.memoryqueue.testing.model.FakeModel;

/**
 * What a service is started with, beyond where its stores are.
 *
 * @param variables environment variables
 * @param jvm arguments of the JVM
 */
public record Setup(Map<String, String> variables, List<String> jvm) {

    /** Starts quickly: what runs for seconds is not worth the compiler's second tier. */
    public static final Setup PLAIN = new Setup(Map.of(), List.of("-XX:TieredStopAtLevel=1"));

    /** Runs quickly: for what is measured. */
    static final Setup OPTIMISED = new Setup(Map.of(), List.of());

    /** For what must not lose a lease: a worker that gets no processor for seconds is not dead. */
    static final Setup PATIENT = PLAIN.with("MEMORY_LEASE_DURATION", Size.of("15s", "30s"));

    public Setup {
        variables = Map.copyOf(variables);
        jvm = List.copyOf(jvm);
    }

    public Setup with(String variable, String value) {
        Map<String, String> more = new HashMap<>(variables);
        more.put(variable, value);
        return new Setup(more, jvm);
    }

    public Setup with(Map<String, String> others) {
        Map<String, String> more = new HashMap<>(variables);
        more.putAll(others);
        return new Setup(more, jvm);
    }

    public Setup jvm(String argument) {
        List<String> more = new ArrayList<>(jvm);
        more.add(argument);
        return new Setup(variables, more);
    }

    /** Trusts this certificate and no other, wherever no settings of its own say otherwise. */
    Setup trusting(SelfSignedCertificate certificate) {
        return jvm("-Djavax.net.ssl.trustStore=" + certificate.store())
                .jvm("-Djavax.net.ssl.trustStorePassword=" + SelfSignedCertificate.PASSWORD);
    }

    /** Has its summaries made by a model. */
    public Setup using(FakeModel model) {
        return with("MEMORY_LLM_API_KEY", "any").with("MEMORY_LLM_BASE_URL", model.baseUrl());
    }

    /** Reaches Postgres by another port of this machine. */
    Setup postgresBy(int port) {
        return with("DATABASE_URL", Database.url(port));
    }

    /** Reaches Redis by another port of this machine. */
    Setup redisBy(int port) {
        return with("REDIS_PORT", String.valueOf(port));
    }
}
