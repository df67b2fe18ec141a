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

    /**
     * The metrics of others that are of use here, by the names in their sources: pkg/metricscollector/prommetrics.go of KEDA 2.17, and
     * docs/metrics/workload of kube-state-metrics 2.15.
     */
    private static final Set<String> FOREIGN = Set.of(
            "keda_scaled_object_errors_total",
            "keda_scaled_object_paused",
            "keda_scaler_active",
            "keda_scaler_detail_errors_total",
            "keda_scaler_metrics_latency_seconds",
            "keda_scaler_metrics_value",
            "kube_cronjob_created",
            "kube_cronjob_status_last_successful_time",
            "kube_horizontalpodautoscaler_spec_max_replicas",
            "kube_horizontalpodautoscaler_status_current_replicas",
            "kube_horizontalpodautoscaler_status_desired_replicas");

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

    /** Whether it is a metric of KEDA or of kube-state-metrics, which no service of ours has. */
    static boolean isForeign(String metric) {
        return FOREIGN.contains(metric);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
