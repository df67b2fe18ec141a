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

/**
 * What a pod may do and need: the rules that kube-linter, kube-score, polaris and kubescape's NSA framework share, and
 * Pod Security "restricted".
 */
public final class PodRules implements Check {

    private static final int UID = 65_532;

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (Workload workload : manifests.workloads()) {
            pod(workload, findings);
            workload.containers().forEach(container -> {
                isolation(workload, container, findings);
                resources(workload, container, findings);
                image(workload, container, findings);
                environment(workload, container, findings);
            });
        }
        return findings.all();
    }

    private static void pod(Workload workload, Findings findings) {
        JsonNode pod = workload.podSpec();
        JsonNode security = pod.path("securityContext");
        JsonNode object = workload.object();
        findings.require(security.path("runAsNonRoot").asBoolean(), "run-as-non-root", object, "may run as root");
        findings.require(
                security.path("runAsUser").asInt() == UID
                        && security.path("runAsGroup").asInt() == UID,
                "uid",
                object,
                "does not run as " + UID);
        findings.require(
                security.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
                "seccomp",
                object,
                "has no seccomp profile");
        findings.require(
                !pod.path("automountServiceAccountToken").asBoolean(true),
                "no-token",
                object,
                "gets a token of its service account");
        findings.require(
                !pod.path("enableServiceLinks").asBoolean(true),
                "no-service-links",
                object,
                "gets variables of services, among them REDIS_PORT=tcp://…");
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            findings.require(!pod.path(host).asBoolean(), "no-host", object, "uses the node's " + host);
        }
        for (JsonNode volume : Manifests.list(pod.path("volumes"))) {
            findings.require(!volume.has("hostPath"), "no-host", object, "mounts a directory of the node");
            findings.require(
                    !volume.has("emptyDir") || volume.at("/emptyDir").has("sizeLimit"),
                    "sized-volumes",
                    object,
                    "volume " + volume.path("name").asText() + " may grow without bound");
        }
        findings.require(
                pod.path("initContainers").isMissingNode()
                        && !pod.path("containers").isEmpty(),
                "containers",
                object,
                "has init containers, or no containers; the rules look at containers");
    }

    private static void isolation(Workload workload, JsonNode container, Findings findings) {
        JsonNode security = container.path("securityContext");
        JsonNode object = workload.object();
        findings.require(
                !security.path("allowPrivilegeEscalation").asBoolean(true),
                "no-privilege-escalation",
                object,
                "may gain privileges");
        findings.require(
                security.path("readOnlyRootFilesystem").asBoolean(),
                "read-only-root",
                object,
                "may write to its root file system");
        findings.require(
                !security.path("privileged").asBoolean() && !security.has("runAsUser") && !security.has("runAsNonRoot"),
                "run-as-non-root",
                object,
                "is privileged, or overrides the pod's user");
        List<String> dropped = Manifests.list(security.at("/capabilities/drop")).stream()
                .map(JsonNode::asText)
                .toList();
        findings.require(
                dropped.contains("ALL") && security.at("/capabilities/add").isMissingNode(),
                "drop-capabilities",
                object,
                "keeps capabilities");
        Set<String> bounded = Manifests.list(workload.podSpec().path("volumes")).stream()
                .filter(volume -> volume.at("/emptyDir").has("sizeLimit"))
                .map(volume -> volume.path("name").asText())
                .collect(Collectors.toSet());
        boolean hasTmp = Manifests.list(container.path("volumeMounts")).stream()
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/tmp")
                        && bounded.contains(mount.path("name").asText()));
        findings.require(hasTmp, "sized-tmp", object, "has no sized /tmp beside its read-only root");
        for (JsonNode port : Manifests.list(container.path("ports"))) {
            findings.require(!port.has("hostPort"), "no-host", object, "takes a port of the node");
        }
    }

    private static void resources(Workload workload, JsonNode container, Findings findings) {
        JsonNode resources = container.path("resources");
        JsonNode object = workload.object();
        findings.require(
                resources.at("/requests").has("cpu")
                        && resources.at("/requests").has("memory"),
                "requests",
                object,
                "requests no CPU or no memory");
        findings.require(resources.at("/limits").has("memory"), "memory-limit", object, "has no memory limit");
        findings.require(
                resources.at("/requests").has("ephemeral-storage")
                        && resources.at("/limits").has("ephemeral-storage"),
                "ephemeral-storage",
                object,
                "does not bound what it writes to the node");
        findings.require(resources.at("/limits").has("cpu"), "cpu-limit", object, "has no CPU limit");
        findings.require(
                !resources.at("/limits").has("cpu"), "no-cpu-limit", object, "would be throttled by a CPU limit");
        boolean isNative = Manifests.list(container.path("env")).stream()
                .noneMatch(variable -> variable.path("name").asText().equals("JDK_JAVA_OPTIONS"));
        findings.require(
                !workload.isOurs()
                        || !isNative
                        || (resources.at("/requests/cpu").asText().equals("100m")
                                && resources.at("/requests/memory").asText().equals("128Mi")),
                "native-requests",
                object,
                "requests other than 100m and 128Mi for a native executable");
    }

    private static void image(Workload workload, JsonNode container, Findings findings) {
        String image = container.path("image").asText();
        String tag = image.contains("@sha256:")
                ? image.substring(image.indexOf('@') + 1)
                : image.substring(image.lastIndexOf('/') + 1).replaceFirst("^[^:]*:?", "");
        findings.require(
                !tag.isEmpty() && !tag.equals("latest"),
                "image-tag",
                workload.object(),
                image + " is not a certain image");
        findings.require(
                container.path("imagePullPolicy").asText().equals("Always"),
                "pull-always",
                workload.object(),
                "may run an image that is on the node without asking the registry");
    }

    private static void environment(Workload workload, JsonNode container, Findings findings) {
        for (JsonNode variable : Manifests.list(container.path("env"))) {
            String name = variable.path("name").asText();
            boolean isSecret = name.matches(".*(PASSWORD|SECRET|API_KEY|AUTH)$|DATABASE_URL");
            findings.require(
                    !isSecret || variable.at("/valueFrom").has("secretKeyRef"),
                    "secrets-from-secrets",
                    workload.object(),
                    name + " is written into the manifest");
        }
    }
}
