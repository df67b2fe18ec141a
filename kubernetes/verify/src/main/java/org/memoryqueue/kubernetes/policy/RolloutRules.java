package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import org.memoryqueue.kubernetes.code.ServiceSources;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Whether pods come, go and are spread so that capacity is never lost by intent. */
public final class RolloutRules implements Check {

    /** For the turn of the loop and the release of what is left, beside the grace (docs/architecture.md). */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(20);

    private static final Duration GRACE_MARGIN = Duration.ofSeconds(30);

    private final ServiceSources sources;

    public RolloutRules(ServiceSources sources) {
        this.sources = sources;
    }

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (Workload workload : manifests.workloads()) {
            JsonNode object = workload.object();
            switch (workload.kind()) {
                case "Deployment" -> {
                    strategy(object, findings);
                    replicas(manifests, workload, findings);
                    spread(workload, findings);
                    budget(manifests, workload, findings);
                }
                case "StatefulSet" -> budget(manifests, workload, findings);
                case "Job" -> bounded(object, object.path("spec"), findings);
                case "CronJob" -> {
                    bounded(object, object.at("/spec/jobTemplate/spec"), findings);
                    findings.require(
                            object.at("/spec/concurrencyPolicy").asText().equals("Forbid")
                                    && object.at("/spec").has("startingDeadlineSeconds"),
                            "bounded-jobs",
                            object,
                            "may run twice at once, or never again");
                }
                default -> throw new IllegalStateException(workload.kind());
            }
            findings.require(
                    workload.podSpec().has("terminationGracePeriodSeconds"),
                    "termination",
                    object,
                    "does not say how long it may take to stop");
        }
        manifests.workloads().stream()
                .filter(workload -> workload.component().equals("worker"))
                .forEach(worker -> termination(manifests, worker, findings));
        return findings.all();
    }

    private static void strategy(JsonNode object, Findings findings) {
        JsonNode rolling = object.at("/spec/strategy/rollingUpdate");
        String surge = rolling.path("maxSurge").asText("0");
        findings.require(
                rolling.path("maxUnavailable").asText("25%").matches("0%?") && !surge.matches("0%?"),
                "rollout",
                object,
                "has fewer pods during a rollout than before it");
        findings.require(
                object.at("/spec/minReadySeconds").asInt() > 0,
                "rollout",
                object,
                "takes a pod for good the moment it is ready");
    }

    /** Exactly one owner of the number: a scaler, or the manifest. */
    private static void replicas(Manifests manifests, Workload workload, Findings findings) {
        long scalers = manifests.objects().stream()
                .filter(object -> List.of("HorizontalPodAutoscaler", "ScaledObject")
                        .contains(object.path("kind").asText()))
                .filter(object ->
                        object.at("/spec/scaleTargetRef/name").asText().equals(workload.name()))
                .count();
        findings.require(scalers <= 1, "one-scaler", workload.object(), "has " + scalers + " scalers");
        findings.require(
                (scalers == 0) == workload.object().at("/spec").has("replicas"),
                "replicas-owner",
                workload.object(),
                scalers == 0 ? "has neither replicas nor a scaler" : "has replicas beside a scaler");
    }

    private static void spread(Workload workload, Findings findings) {
        List<JsonNode> constraints = Manifests.list(workload.podSpec().path("topologySpreadConstraints"));
        for (String key : List.of("kubernetes.io/hostname", "topology.kubernetes.io/zone")) {
            findings.require(
                    constraints.stream()
                            .anyMatch(constraint ->
                                    constraint.path("topologyKey").asText().equals(key)
                                            && Selectors.matches(
                                                    constraint.path("labelSelector"), workload.template())),
                    "topology-spread",
                    workload.object(),
                    "is not spread over " + key);
        }
        findings.require(
                workload.podSpec().at("/affinity").has("podAntiAffinity"),
                "anti-affinity",
                workload.object(),
                "has no anti-affinity");
    }

    private static void budget(Manifests manifests, Workload workload, Findings findings) {
        List<JsonNode> budgets = manifests
                .ofKind("PodDisruptionBudget")
                .filter(budget -> Selectors.matches(budget.at("/spec/selector"), workload.template()))
                .map(JsonNode.class::cast)
                .toList();
        findings.require(
                budgets.size() == 1, "disruption-budget", workload.object(), "has " + budgets.size() + " budgets");
        for (JsonNode budget : budgets) {
            findings.require(
                    budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow"),
                    "disruption-budget",
                    budget,
                    "keeps a node from being drained for pods that are not ready");
            findings.require(
                    budget.at("/spec").has("maxUnavailable")
                            && !budget.at("/spec/maxUnavailable").asText().matches("0%?"),
                    "disruption-budget",
                    budget,
                    "allows no eviction");
        }
    }

    private static void bounded(JsonNode object, JsonNode job, Findings findings) {
        findings.require(
                job.has("activeDeadlineSeconds") && job.has("backoffLimit"),
                "bounded-jobs",
                object,
                "may run, or be tried, for ever");
    }

    private void termination(Manifests manifests, Workload worker, Findings findings) {
        Duration deadline = sources.time("memory.worker.attempt-deadline");
        Duration allowed = Duration.ofSeconds(
                worker.podSpec().path("terminationGracePeriodSeconds").asLong());
        Duration grace = ServiceSources.duration(new Environment(manifests, worker)
                .value("MEMORY_WORKER_SHUTDOWN_GRACE")
                .orElse("20s"));
        findings.require(
                allowed.compareTo(deadline.plus(GRACE_MARGIN)) >= 0,
                "termination",
                worker.object(),
                "is killed before the deadline of an attempt, " + deadline.toSeconds() + " s, and 30 s are over");
        findings.require(
                grace.compareTo(deadline) >= 0,
                "termination",
                worker.object(),
                "hands back what it could have finished: its grace is " + grace.toSeconds() + " s");
        findings.require(
                allowed.compareTo(grace.plus(STOP_MARGIN)) >= 0,
                "termination",
                worker.object(),
                "is killed while it still stops in good order");
    }
}
