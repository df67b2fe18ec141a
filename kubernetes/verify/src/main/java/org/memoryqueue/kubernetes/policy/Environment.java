package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** The variables that a container gets, with the values that are written in the manifests. */
public final class Environment {

    /** Stands for what only a Secret holds. */
    public static final String SECRET = "";

    private final Map<String, String> values = new LinkedHashMap<>();

    public Environment(Manifests manifests, Workload workload) {
        for (JsonNode container : workload.containers()) {
            for (JsonNode source : Manifests.list(container.path("envFrom"))) {
                manifests
                        .find("ConfigMap", source.at("/configMapRef/name").asText())
                        .ifPresent(map -> map.path("data")
                                .properties()
                                .forEach(entry -> values.put(
                                        entry.getKey(), entry.getValue().asText())));
            }
            for (JsonNode variable : Manifests.list(container.path("env"))) {
                values.put(
                        variable.path("name").asText(), variable.path("value").asText(SECRET));
            }
        }
    }

    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
