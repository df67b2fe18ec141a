package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Whether what an object names is there: settings, secrets and their keys, accounts, claims, services, targets. */
public final class ReferenceRules implements Check {

    private static final String RULE = "references";

    /** How a path may be matched by every implementation of the Gateway API. */
    private static final Set<String> PORTABLE = Set.of("Exact", "PathPrefix");

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (Workload workload : manifests.workloads()) {
            pod(manifests, workload, findings);
        }
        manifests
                .ofKind("TriggerAuthentication")
                .forEach(authentication -> Manifests.list(authentication.at("/spec/secretTargetRef"))
                        .forEach(reference -> key(manifests, authentication, "Secret", reference, findings)));
        manifests
                .ofKind("ScaledObject")
                .forEach(scaler -> Manifests.list(scaler.at("/spec/triggers")).forEach(trigger -> {
                    String name = trigger.at("/authenticationRef/name").asText();
                    findings.require(
                            name.isEmpty()
                                    || manifests
                                            .find("TriggerAuthentication", name)
                                            .isPresent(),
                            RULE,
                            scaler,
                            "no TriggerAuthentication " + name);
                }));
        for (String kind : List.of("ScaledObject", "HorizontalPodAutoscaler")) {
            manifests
                    .ofKind(kind)
                    .forEach(scaler -> findings.require(
                            manifests
                                    .find(
                                            "Deployment",
                                            scaler.at("/spec/scaleTargetRef/name")
                                                    .asText())
                                    .isPresent(),
                            RULE,
                            scaler,
                            "scales nothing that is there"));
        }
        routes(manifests, findings);
        return findings.all();
    }

    private static void pod(Manifests manifests, Workload workload, Findings findings) {
        JsonNode object = workload.object();
        String account = workload.podSpec().path("serviceAccountName").asText();
        findings.require(
                account.isEmpty() || manifests.find("ServiceAccount", account).isPresent(),
                RULE,
                object,
                "no ServiceAccount " + account);
        Set<String> volumes = new HashSet<>();
        for (JsonNode volume : Manifests.list(workload.podSpec().path("volumes"))) {
            volumes.add(volume.path("name").asText());
            exists(manifests, object, "ConfigMap", volume.at("/configMap/name"), findings);
            exists(manifests, object, "Secret", volume.at("/secret/secretName"), findings);
            exists(manifests, object, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName"), findings);
        }
        Manifests.list(object.at("/spec/volumeClaimTemplates"))
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));
        for (JsonNode container : workload.containers()) {
            for (JsonNode mount : Manifests.list(container.path("volumeMounts"))) {
                findings.require(
                        volumes.contains(mount.path("name").asText()), RULE, object, "no volume " + mount.path("name"));
            }
            for (JsonNode source : Manifests.list(container.path("envFrom"))) {
                exists(manifests, object, "ConfigMap", source.at("/configMapRef/name"), findings);
            }
            for (JsonNode variable : Manifests.list(container.path("env"))) {
                key(manifests, object, "ConfigMap", variable.at("/valueFrom/configMapKeyRef"), findings);
                key(manifests, object, "Secret", variable.at("/valueFrom/secretKeyRef"), findings);
            }
        }
    }

    private static void exists(Manifests manifests, JsonNode object, String kind, JsonNode name, Findings findings) {
        findings.require(
                name.isMissingNode() || keys(manifests, kind, name.asText()).isPresent(),
                RULE,
                object,
                "no " + kind + " " + name.asText());
    }

    private static void key(Manifests manifests, JsonNode object, String kind, JsonNode reference, Findings findings) {
        if (reference.isMissingNode()) {
            return;
        }
        Optional<Set<String>> keys =
                keys(manifests, kind, reference.path("name").asText());
        findings.require(keys.isPresent(), RULE, object, "no " + kind + " " + reference.path("name"));
        findings.require(
                keys.isEmpty()
                        || reference.path("optional").asBoolean()
                        || keys.get().contains(reference.path("key").asText()),
                RULE,
                object,
                kind + " " + reference.path("name") + " has no " + reference.path("key"));
    }

    /** The keys of what is there under that name, or of what the External Secrets Operator makes. */
    private static Optional<Set<String>> keys(Manifests manifests, String kind, String name) {
        Optional<Set<String>> own = manifests.find(kind, name).map(object -> {
            Set<String> keys = new HashSet<>();
            object.path("data").fieldNames().forEachRemaining(keys::add);
            object.path("stringData").fieldNames().forEachRemaining(keys::add);
            return keys;
        });
        if (own.isPresent() || !kind.equals("Secret")) {
            return own;
        }
        return manifests
                .ofKind("ExternalSecret")
                .filter(secret -> secret.at("/spec/target/name").asText().equals(name))
                .findFirst()
                .map(secret -> {
                    Set<String> keys = new HashSet<>();
                    Manifests.list(secret.at("/spec/data"))
                            .forEach(data -> keys.add(data.path("secretKey").asText()));
                    return keys;
                });
    }

    private static void routes(Manifests manifests, Findings findings) {
        manifests.ofKind("HTTPRoute").forEach(route -> {
            for (JsonNode rule : Manifests.list(route.at("/spec/rules"))) {
                for (JsonNode backend : Manifests.list(rule.path("backendRefs"))) {
                    findings.require(
                            leads(manifests, backend.path("name"), "port", backend.path("port")),
                            RULE,
                            route,
                            "leads to no service");
                }
                findings.require(
                        rule.path("matches").findValues("type").stream()
                                .allMatch(type -> PORTABLE.contains(type.asText())),
                        "portable-routes",
                        route,
                        "matches in a way that a Gateway need not know");
            }
        });
        manifests
                .ofKind("Ingress")
                .forEach(ingress -> Manifests.list(ingress.at("/spec/rules"))
                        .forEach(rule -> Manifests.list(rule.at("/http/paths"))
                                .forEach(path -> findings.require(
                                        leads(
                                                manifests,
                                                path.at("/backend/service/name"),
                                                "name",
                                                path.at("/backend/service/port/name")),
                                        RULE,
                                        ingress,
                                        "leads to no service"))));
    }

    private static boolean leads(Manifests manifests, JsonNode name, String field, JsonNode port) {
        return manifests.find("Service", name.asText()).stream()
                .flatMap(service -> Manifests.list(service.at("/spec/ports")).stream())
                .anyMatch(open -> open.path(field).equals(port));
    }
}
