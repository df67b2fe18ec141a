package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Whether Kubernetes can tell a pod that starts, one that hangs and one that cannot serve from one that is well. */
public final class ProbeRules implements Check {

    /** Before a restart: longer than the worker's loop may take for a turn (docs/operate.md, Probes). */
    private static final int MIN_LIVENESS_SECONDS = 30;

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (Workload workload : manifests.workloads()) {
            if (workload.runsForEver()) {
                workload.containers().forEach(container -> probes(workload, container, findings));
            }
        }
        return findings.all();
    }

    private static void probes(Workload workload, JsonNode container, Findings findings) {
        JsonNode object = workload.object();
        Set<String> ports = Manifests.list(container.path("ports")).stream()
                .map(port -> port.path("name").asText())
                .collect(Collectors.toSet());
        for (String probe : PROBES) {
            JsonNode asked = container.path(probe);
            findings.require(!asked.isMissingNode(), "probes", object, "has no " + probe);
            for (String way : List.of("httpGet", "tcpSocket")) {
                JsonNode port = asked.path(way).path("port");
                findings.require(
                        port.isMissingNode() || ports.contains(port.asText()),
                        "named-ports",
                        object,
                        probe + " asks port " + port + ", which is no named port of the container");
            }
            findings.require(
                    asked.isMissingNode() || asked.path("timeoutSeconds").asInt() >= 2,
                    "probes",
                    object,
                    probe + " gives up sooner than the service's own checks (2 s)");
        }
        findings.require(
                !container.path("livenessProbe").path("httpGet").has("path")
                        || !container
                                .at("/livenessProbe/httpGet/path")
                                .equals(container.at("/readinessProbe/httpGet/path")),
                "probes",
                object,
                "restarts whenever it is not ready");
        findings.require(
                container.at("/livenessProbe/failureThreshold").asInt()
                                * container.at("/livenessProbe/periodSeconds").asInt()
                        >= MIN_LIVENESS_SECONDS,
                "probes",
                object,
                "is restarted within less than " + MIN_LIVENESS_SECONDS + " s");
    }
}
