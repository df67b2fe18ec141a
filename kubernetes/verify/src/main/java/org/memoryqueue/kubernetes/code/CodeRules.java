package org.memoryqueue.kubernetes.code;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;
import org.memoryqueue.kubernetes.policy.Environment;
import org.memoryqueue.kubernetes.policy.Selectors;

/** Whether variables, ports, paths and metrics in the manifests are those that the services really have. */
public final class CodeRules implements Check {

    /** Read by the JVM, not by us. */
    private static final Set<String> FOREIGN = Set.of("JDK_JAVA_OPTIONS");

    private static final Map<String, String> PORT_VARIABLES =
            Map.of("api", "QUARKUS_HTTP_PORT", "worker", "WORKER_HEALTH_PORT");

    private final ServiceSources sources;
    private final LiveFacts live;

    public CodeRules(ServiceSources sources, LiveFacts live) {
        this.sources = sources;
        this.live = live;
    }

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        Set<String> known = new HashSet<>(sources.variables());
        known.addAll(FOREIGN);
        for (Workload workload : manifests.workloads()) {
            if (!workload.isOurs()) {
                continue;
            }
            Environment environment = new Environment(manifests, workload);
            for (String name : environment.values().keySet()) {
                findings.require(
                        known.contains(name), "known-variables", workload.object(), name + " means nothing to it");
            }
            if (PORT_VARIABLES.containsKey(workload.component())) {
                port(workload, environment, findings);
                probes(workload, findings);
            }
        }
        for (JsonNode object : manifests.objects()) {
            for (String expression : Expressions.of(object)) {
                for (String metric : Expressions.metrics(expression)) {
                    findings.require(
                            Expressions.isForeign(metric) || live.hasMetric(metric),
                            "known-metrics",
                            object,
                            "no service has a metric " + metric);
                }
            }
        }
        monitors(manifests, findings);
        return findings.all();
    }

    private void port(Workload workload, Environment environment, Findings findings) {
        String module = workload.component().equals("api") ? LiveFacts.API : LiveFacts.WORKER;
        String variable = PORT_VARIABLES.getOrDefault(workload.component(), "");
        String listens = environment.value(variable).orElse("");
        String declared =
                workload.containers().getFirst().at("/ports/0/containerPort").asText();
        findings.require(
                declared.equals(listens) && declared.equals(sources.property(module, "quarkus.http.port")),
                "ports",
                workload.object(),
                "declares port " + declared + ", listens on " + listens + " and has "
                        + sources.property(module, "quarkus.http.port") + " as its own");
        findings.require(
                environment.value("QUARKUS_HTTP_HOST").orElse("").equals("0.0.0.0"),
                "ports",
                workload.object(),
                "listens for its own pod only");
    }

    private void probes(Workload workload, Findings findings) {
        String module = workload.component().equals("api") ? LiveFacts.API : LiveFacts.WORKER;
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            String path = workload.containers()
                    .getFirst()
                    .path(probe)
                    .at("/httpGet/path")
                    .asText();
            findings.require(
                    live.up().getOrDefault(module, Set.of()).contains(path),
                    "probe-paths",
                    workload.object(),
                    probe + " asks " + path + ", which " + module + " does not answer");
        }
    }

    /** Each pod that a monitor selects has the port that it asks, and some pod is selected. */
    private static void monitors(Manifests manifests, Findings findings) {
        manifests.ofKind("PodMonitor").forEach(monitor -> {
            List<Workload> selected = manifests.workloads().stream()
                    .filter(workload -> Selectors.matches(monitor.at("/spec/selector"), workload.template()))
                    .toList();
            findings.require(!selected.isEmpty(), "monitors", monitor, "selects nobody");
            for (JsonNode endpoint : Manifests.list(monitor.at("/spec/podMetricsEndpoints"))) {
                findings.require(
                        selected.stream().allMatch(workload -> hasPort(workload, endpoint.path("port")))
                                && endpoint.path("path").asText().equals("/q/metrics"),
                        "monitors",
                        monitor,
                        "asks what its pods do not answer");
            }
        });
    }

    private static boolean hasPort(Workload workload, JsonNode name) {
        return workload.containers().stream()
                .flatMap(container -> Manifests.list(container.path("ports")).stream())
                .anyMatch(port -> port.path("name").equals(name));
    }
}
