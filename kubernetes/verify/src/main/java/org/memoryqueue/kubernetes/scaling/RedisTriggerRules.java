package org.memoryqueue.kubernetes.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.policy.Environment;

/** KEDA asks the Redis that the services use, by a name that it can look up. */
final class RedisTriggerRules {

    private RedisTriggerRules() {}

    static void check(Manifests manifests, JsonNode object, JsonNode trigger, Findings findings) {
        Environment worker = new Environment(manifests, manifests.workload("memory-worker"));
        JsonNode metadata = trigger.path("metadata");
        String mode = worker.value("REDIS_MODE").orElse("standalone");
        boolean isOne = mode.equals("standalone");
        findings.require(
                trigger.path("type").asText().equals(isOne ? "redis-streams" : "redis-" + mode + "-streams"),
                "same-redis",
                object,
                "asks a Redis of another kind than REDIS_MODE=" + mode);
        findings.require(
                metadata.has("address") == isOne && metadata.has("addresses") != isOne,
                "same-redis",
                object,
                "does not have exactly the address, or the addresses, that REDIS_MODE=" + mode + " needs");
        String own = worker.value("REDIS_HOSTS")
                .orElseGet(() -> worker.value("REDIS_HOST").orElse("localhost") + ":"
                        + worker.value("REDIS_PORT").orElse("6379"));
        String asked =
                metadata.path("address").asText(metadata.path("addresses").asText());
        findings.require(
                asked.equals(own)
                        && metadata.path("sentinelMaster")
                                .asText("")
                                .equals(worker.value("REDIS_MASTER_NAME").orElse("")),
                "same-redis",
                object,
                "asks " + metadata + ", the services " + own);
        findings.require(
                metadata.path("enableTLS")
                        .asText("false")
                        .equals(worker.value("REDIS_TLS").orElse("false")),
                "same-redis",
                object,
                "and the services do not agree on TLS");
        findings.require(
                !worker.value("MEMORY_QUEUE_DISPATCH").orElse("auto").equals("postgres"),
                "same-redis",
                object,
                "asks Redis, which the services do not use");
        findings.require(trigger.has("authenticationRef"), "same-redis", object, "has no password for Redis");
        for (String address : List.of(asked.split(","))) {
            String host = address.replaceFirst(":\\d+$", "");
            findings.require(
                    isFoundFromEverywhere(manifests, host),
                    "trigger-hosts",
                    object,
                    "asks " + host + ", which KEDA's operator looks up in its own namespace");
        }
    }

    /** Whether another namespace finds it too: a name with a domain; of a Service that is rendered here, with our namespace. */
    private static boolean isFoundFromEverywhere(Manifests manifests, String host) {
        return host.contains(".")
                && manifests.ofKind("Service").allMatch(service -> {
                    String name = Pattern.quote(service.at("/metadata/name").asText());
                    String namespace =
                            Pattern.quote(service.at("/metadata/namespace").asText());
                    return !host.matches("([^.]+\\.)?" + name + "(\\..*)?")
                            || host.matches("([^.]+\\.)?" + name + "\\." + namespace + "\\.svc(\\.cluster\\.local)?");
                });
    }
}
