package org.memoryqueue.kubernetes.code;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** The expressions of PromQL in an object: alerts, dashboards, scalers, the rule of prometheus-adapter. */
public final class Expressions {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A name, followed by neither a bracket (a function) nor more of a name; not within a string. */
    private static final Pattern NAME = Pattern.compile("\\b([a-z][a-z0-9]*(?:_[a-z0-9]+)+)\\b(?!\\s*\\()");

    private static final Pattern LABELS =
            Pattern.compile("\\{[^}]*}|\\b(?:by|on|without|ignoring|group_left)\\s*\\([^)]*\\)");

    private Expressions() {}

    /** All of an object. */
    public static List<String> of(JsonNode object) {
        List<String> found = new ArrayList<>();
        switch (object.path("kind").asText()) {
            case "PrometheusRule" -> object.findValues("expr").forEach(expression -> found.add(expression.asText()));
            case "ScaledObject" -> object.findValues("query").forEach(expression -> found.add(expression.asText()));
            case "ConfigMap" ->
                object.path("data").properties().forEach(entry -> {
                    if (entry.getKey().endsWith(".json")) {
                        read(entry.getValue().asText())
                                .findValues("expr")
                                .forEach(expression -> found.add(expression.asText()));
                    } else if (entry.getKey().equals("external-rules.yaml")) {
                        Manifests.parse(entry.getValue().asText())
                                .findValues("metricsQuery")
                                .forEach(expression -> found.add(expression
                                        .asText()
                                        .replace("<<.LabelMatchers>>", "namespace=\"memory-queue\"")));
                    }
                });
            default -> {
                // No expressions in there.
            }
        }
        return found;
    }

    /** The names of metrics in an expression. */
    static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher name = NAME.matcher(LABELS.matcher(expression).replaceAll(" "));
        while (name.find()) {
            names.add(name.group(1));
        }
        return names;
    }

    /** Metrics of KEDA and of Kubernetes, which no service of ours has. */
    static boolean isForeign(String metric) {
        return metric.startsWith("keda_") || metric.startsWith("kube_");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
