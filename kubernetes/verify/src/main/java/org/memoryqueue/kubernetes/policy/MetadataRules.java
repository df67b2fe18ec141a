package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Labels, namespaces, and whether selectors and services find what they mean. */
public final class MetadataRules implements Check {

    private static final String NAMESPACE = "memory-queue";
    private static final List<String> LABELS =
            List.of("name", "instance", "version", "component", "part-of", "managed-by");
    private static final Set<String> OF_THE_CLUSTER = Set.of("Namespace");

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (JsonNode object : manifests.objects()) {
            labels(object, object, findings);
            findings.require(
                    OF_THE_CLUSTER.contains(object.path("kind").asText())
                            || object.at("/metadata/namespace").asText().equals(NAMESPACE),
                    "namespace",
                    object,
                    "is not in " + NAMESPACE);
        }
        for (Workload workload : manifests.workloads()) {
            labels(workload.object(), workload.template(), findings);
            findings.require(
                    !workload.runsForEver()
                            || Selectors.matches(workload.object().at("/spec/selector"), workload.template()),
                    "selectors",
                    workload.object(),
                    "does not select its own pods");
            for (JsonNode claim : Manifests.list(workload.object().at("/spec/volumeClaimTemplates"))) {
                findings.require(
                        claim.at("/metadata/labels")
                                .path("app.kubernetes.io/version")
                                .isMissingNode(),
                        "claim-labels",
                        workload.object(),
                        "has a version in a volume claim template, which the next version may not change");
            }
        }
        manifests.ofKind("Service").forEach(service -> service(manifests, service, findings));
        namespace(manifests, findings);
        return findings.all();
    }

    private static void labels(JsonNode object, JsonNode labelled, Findings findings) {
        for (String label : LABELS) {
            findings.require(
                    labelled.at("/metadata/labels").hasNonNull("app.kubernetes.io/" + label),
                    "labels",
                    object,
                    (object == labelled ? "" : "its pods: ") + "no label app.kubernetes.io/" + label);
        }
    }

    private static void service(Manifests manifests, JsonNode service, Findings findings) {
        findings.require(
                service.at("/spec/type").asText("ClusterIP").equals("ClusterIP"),
                "service-type",
                service,
                "is open to the network");
        List<Workload> selected = manifests.workloads().stream()
                .filter(workload -> service.at("/spec/selector").properties().stream()
                        .allMatch(wanted -> wanted.getValue()
                                .equals(workload.template()
                                        .at("/metadata/labels")
                                        .path(wanted.getKey()))))
                .toList();
        findings.require(selected.size() == 1, "selectors", service, "selects " + selected.size() + " workloads");
        for (JsonNode port : Manifests.list(service.at("/spec/ports"))) {
            findings.require(
                    selected.stream()
                            .flatMap(workload -> workload.containers().stream())
                            .flatMap(container -> Manifests.list(container.path("ports")).stream())
                            .anyMatch(named -> named.path("name").equals(port.path("targetPort"))),
                    "named-ports",
                    service,
                    "leads to port " + port.path("targetPort") + ", which is no named port of its pods");
        }
    }

    private static void namespace(Manifests manifests, Findings findings) {
        JsonNode namespace = manifests.get("Namespace", NAMESPACE);
        for (String mode : List.of("enforce", "warn", "audit")) {
            findings.require(
                    namespace
                            .at("/metadata/labels")
                            .path("pod-security.kubernetes.io/" + mode)
                            .asText()
                            .equals("restricted"),
                    "pod-security",
                    namespace,
                    "does not " + mode + " the restricted Pod Security Standard");
        }
    }
}
