package org.memoryqueue.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * An object that makes pods.
 *
 * @param object the Deployment, StatefulSet, Job or CronJob
 * @param template its template of pods
 */
public record Workload(ObjectNode object, JsonNode template) {

    static Optional<Workload> of(ObjectNode object) {
        return switch (object.path("kind").asText()) {
            case "Deployment", "StatefulSet", "Job" -> Optional.of(new Workload(object, object.at("/spec/template")));
            case "CronJob" -> Optional.of(new Workload(object, object.at("/spec/jobTemplate/spec/template")));
            default -> Optional.empty();
        };
    }

    public String kind() {
        return object.path("kind").asText();
    }

    public String name() {
        return object.at("/metadata/name").asText();
    }

    /** The role of its pods, by which network policies select them. */
    public String component() {
        return template.at("/metadata/labels")
                .path("app.kubernetes.io/component")
                .asText();
    }

    public JsonNode podSpec() {
        return template.path("spec");
    }

    public List<JsonNode> containers() {
        return Manifests.list(podSpec().path("containers"));
    }

    /** Whether its pods run until they are told to stop. */
    public boolean runsForEver() {
        return kind().equals("Deployment") || kind().equals("StatefulSet");
    }

    /** Whether it is one of our two services, in whichever form. */
    public boolean isOurs() {
        return List.of("api", "worker", "migration").contains(component());
    }
}
