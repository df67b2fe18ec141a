package org.memoryqueue.kubernetes.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.kubernetes.code.Expressions;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** The numbers and the traps of the scalers. */
public final class ScalingRules implements Check {

    /** KEDA hands its number on in thousandths: a single job beyond this divisor would be none. */
    private static final int MAX_DIVISOR = 1_000;

    private static final int MAX_POLLING_SECONDS = 10;

    /** Workers that production keeps: one may die while KEDA cannot start another. */
    private static final int SPARE_MINIMUM = 2;

    private static final Behaviour.Direction UP = new Behaviour.Direction(
            0, List.of(new Behaviour.Policy(false, 4, 15), new Behaviour.Policy(true, 100, 15)));
    private static final Behaviour.Direction DOWN =
            new Behaviour.Direction(180, List.of(new Behaviour.Policy(true, 25, 60)));

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        api(manifests, findings);
        WorkerScaler.of(manifests).ifPresent(scaler -> {
            Sizing sizing = Sizing.of(manifests);
            bounds(manifests, scaler, sizing, findings);
            behaviour(scaler, findings);
            if (scaler.isKeda()) {
                keda(manifests, scaler.object(), sizing, findings);
            } else {
                plain(manifests, scaler.object(), sizing, findings);
            }
        });
        return findings.all();
    }

    private static void api(Manifests manifests, Findings findings) {
        JsonNode scaler = manifests.get("HorizontalPodAutoscaler", "memory-api");
        JsonNode metric = scaler.at("/spec/metrics/0");
        Workload api = manifests.workload("memory-api");
        findings.require(
                metric.path("type").asText().equals("ContainerResource")
                        && metric.at("/containerResource/name").asText().equals("cpu")
                        && metric.at("/containerResource/container")
                                .equals(api.containers().getFirst().path("name")),
                "api-scales-on-cpu",
                scaler,
                "does not look at the CPU of the API's own container");
        findings.require(
                scaler.at("/spec/minReplicas").asInt() >= 2,
                "api-scales-on-cpu",
                scaler,
                "lets a single node take the API away");
    }

    private static void bounds(Manifests manifests, WorkerScaler scaler, Sizing sizing, Findings findings) {
        JsonNode object = scaler.object();
        findings.require(
                scaler.maximum() <= sizing.workersOfQuota(),
                "maximum-of-quota",
                object,
                "asks the model more often than its quota, which feeds " + sizing.workersOfQuota() + " workers");
        int fit = sizing.workersOfPostgres(manifests);
        findings.require(
                scaler.maximum() <= fit,
                "maximum-of-postgres",
                object,
                "opens more connections than Postgres has: " + fit + " workers fit");
        findings.require(scaler.minimum() < scaler.maximum(), "bounds", object, "cannot scale");
        findings.require(
                !manifests.name().contains("production") || !scaler.isKeda() || scaler.minimum() >= SPARE_MINIMUM,
                "minimum",
                object,
                "may have no worker, or one that may die, when its source is lost, from where KEDA starts none");
        manifests.workloads().stream()
                .filter(workload -> workload.component().equals("postgres"))
                .forEach(postgres -> findings.require(
                        Manifests.list(postgres.containers().getFirst().path("args")).stream()
                                .anyMatch(argument ->
                                        argument.asText().equals("max_connections=" + sizing.postgresConnections())),
                        "maximum-of-postgres",
                        postgres.object(),
                        "does not allow the connections that the scaler's maximum is computed from"));
    }

    private static void behaviour(WorkerScaler scaler, Findings findings) {
        JsonNode object = scaler.object();
        findings.require(
                scaler.behaviour().up().equals(UP), "scale-up", object, "does not rise as the README derives it");
        findings.require(
                scaler.behaviour().down().equals(DOWN), "scale-down", object, "does not fall as the README derives it");
        for (String way : List.of("scaleUp", "scaleDown")) {
            findings.require(
                    object.findValue(way).path("selectPolicy").asText("Max").equals("Max"),
                    way.equals("scaleUp") ? "scale-up" : "scale-down",
                    object,
                    "takes the meaner of its policies");
        }
    }

    private static void keda(Manifests manifests, JsonNode object, Sizing sizing, Findings findings) {
        JsonNode spec = object.path("spec");
        findings.require(
                spec.at("/fallback/behavior").asText().equals("currentReplicasIfHigher")
                        && spec.at("/fallback/failureThreshold").asInt() >= 3
                        && spec.at("/fallback/replicas").asInt() >= 1,
                "fallback",
                object,
                "lets go of workers when its source cannot be asked");
        findings.require(
                spec.path("pollingInterval").asInt(30) <= MAX_POLLING_SECONDS,
                "polling",
                object,
                "notices the first job later than after " + MAX_POLLING_SECONDS + " s");
        findings.require(
                spec.path("idleReplicaCount").isMissingNode(),
                "bounds",
                object,
                "has an idleReplicaCount, which KEDA takes for a minimum");
        JsonNode modifiers = spec.at("/advanced/scalingModifiers");
        findings.require(
                modifiers.path("target").asText().equals("1")
                        && modifiers.path("metricType").asText().equals("AverageValue")
                        && modifiers.path("activationTarget").asText("0").equals("0"),
                "formula",
                object,
                "does not compute a number of workers of which one counts as one");
        Map<String, Integer> divisors =
                Formula.parse(modifiers.path("formula").asText()).divisors();
        for (Priority priority : Sizing.priorities()) {
            int divisor = sizing.divisor(priority);
            findings.require(
                    Integer.valueOf(divisor).equals(divisors.get(priority.word())),
                    "formula",
                    object,
                    "divides " + priority.word() + " by " + divisors.get(priority.word()) + ", not by slots × target"
                            + " / mean = " + divisor);
            findings.require(
                    divisor <= MAX_DIVISOR,
                    "formula",
                    object,
                    "takes a single job of " + priority.word() + " for none: KEDA counts in thousandths");
            triggers(manifests, object, priority, divisor, findings);
        }
        findings.require(
                divisors.keySet().stream()
                                .allMatch(name -> trigger(object, name).isPresent())
                        && spec.path("triggers").size() == divisors.size(),
                "formula",
                object,
                "has triggers that the formula does not use, or uses what is no trigger");
    }

    private static void triggers(
            Manifests manifests, JsonNode object, Priority priority, int divisor, Findings findings) {
        Optional<JsonNode> found = trigger(object, priority.word());
        if (found.isEmpty()) {
            findings.add("formula", object, "has no trigger " + priority.word());
            return;
        }
        JsonNode trigger = found.get();
        JsonNode metadata = trigger.path("metadata");
        findings.require(
                metadata.properties().stream()
                        .allMatch(entry -> entry.getValue().isTextual()),
                "trigger-strings",
                object,
                "has metadata that is no string");
        if (trigger.path("type").asText().equals("prometheus")) {
            findings.require(
                    metadata.path("ignoreNullValues").asText().equals("false"),
                    "no-data-is-no-zero",
                    object,
                    "takes a metric that is missing for an empty queue");
            findings.require(
                    metadata.path("threshold").asText().equals(String.valueOf(divisor))
                            && metadata.path("query").asText().contains("priority=\"" + priority.word() + "\""),
                    "formula",
                    object,
                    "asks Prometheus for another priority, or against another number");
            return;
        }
        findings.require(
                metadata.path("stream").asText().equals(StreamKeys.stream(priority)),
                "stream-names",
                object,
                "looks at " + metadata.path("stream") + " for " + priority.word());
        findings.require(
                metadata.path("streamLength").asText().equals(String.valueOf(divisor))
                        && !metadata.has("consumerGroup")
                        && !metadata.has("pendingEntriesCount")
                        && !metadata.has("lagCount"),
                "stream-length",
                object,
                "does not count the stream's length");
        RedisTriggerRules.check(manifests, object, trigger, findings);
    }

    private static void plain(Manifests manifests, JsonNode object, Sizing sizing, Findings findings) {
        JsonNode metric = object.at("/spec/metrics/0/external");
        findings.require(
                object.at("/spec/metrics").size() == 1
                        && metric.at("/target/type").asText().equals("AverageValue")
                        && metric.at("/target/averageValue").asText().equals("1"),
                "formula",
                object,
                "is not scaled on one number of workers");
        JsonNode rules = manifests.get("ConfigMap", "prometheus-adapter-rules");
        JsonNode rule =
                Manifests.parse(rules.at("/data/external-rules.yaml").asText()).at("/externalRules/0");
        findings.require(
                rule.at("/name/as").equals(metric.at("/metric/name")),
                "formula",
                object,
                "asks for a metric that the adapter does not make");
        String query = String.join(" ", Expressions.of(rules));
        for (Priority priority : Sizing.priorities()) {
            Pattern term = Pattern.compile("priority=\"" + priority.word() + "\".*?/ (\\d+)", Pattern.DOTALL);
            Matcher matcher = term.matcher(query);
            findings.require(
                    matcher.find() && Integer.parseInt(matcher.group(1)) == sizing.divisor(priority),
                    "formula",
                    rules,
                    "does not divide " + priority.word() + " by slots × target / mean = " + sizing.divisor(priority));
        }
    }

    private static Optional<JsonNode> trigger(JsonNode object, String name) {
        return Manifests.list(object.at("/spec/triggers")).stream()
                .filter(trigger -> trigger.path("name").asText().equals(name))
                .findFirst();
    }
}
