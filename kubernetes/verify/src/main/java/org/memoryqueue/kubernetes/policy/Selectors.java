package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** Selectors of labels. */
public final class Selectors {

    private Selectors() {}

    /** Whether a selector selects what has that metadata. An empty one selects everything. */
    public static boolean matches(JsonNode selector, JsonNode labelled) {
        JsonNode labels = labelled.at("/metadata/labels");
        boolean equal = selector.path("matchLabels").properties().stream()
                .allMatch(wanted -> Objects.equals(
                        labels.path(wanted.getKey()).asText(null),
                        wanted.getValue().asText()));
        boolean expressed = Manifests.list(selector.path("matchExpressions")).stream()
                .allMatch(expression -> {
                    JsonNode value = labels.path(expression.path("key").asText());
                    return expression.path("operator").asText().equals("In")
                            && Manifests.list(expression.path("values")).stream()
                                    .anyMatch(wanted -> wanted.asText().equals(value.asText(null)));
                });
        return equal && expressed;
    }

    /** Something that has these labels. */
    static JsonNode labelled(Map<String, String> labels) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode own = object.putObject("metadata").putObject("labels");
        labels.forEach(own::put);
        return object;
    }
}
