package org.memoryqueue.kubernetes.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.memoryqueue.job.Priority;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;
import org.memoryqueue.kubernetes.policy.Environment;

/**
 * What the numbers of a scaler are computed from.
 *
 * @param slots jobs that a worker works on at once
 * @param meanJobSeconds how long one takes
 * @param drainTargetSeconds within which time what waits in a priority is to be done
 * @param modelCallsPerMinute what the model's quota allows
 * @param postgresConnections what Postgres allows
 */
public record Sizing(
        int slots,
        int meanJobSeconds,
        Map<Priority, Integer> drainTargetSeconds,
        int modelCallsPerMinute,
        int postgresConnections) {

    /** Connections that Postgres keeps for its superusers. */
    private static final int RESERVED = 3;

    /** A backup, and an operator who looks. */
    private static final int OTHERS = 5;

    /** What memory-api opens beside its pool while it migrates. */
    private static final int MIGRATING = 2;

    /** Reads it from the settings beside the scaler, and from those of the workers. */
    public static Sizing of(Manifests manifests) {
        JsonNode data = manifests.get("ConfigMap", "worker-autoscaler").path("data");
        return new Sizing(
                number(manifests, "memory-worker", "MEMORY_WORKER_CONCURRENCY"),
                data.path("mean-job-seconds").asInt(),
                Priority.ALL.stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                priority -> data.path("drain-target-seconds-" + priority.word())
                                        .asInt())),
                data.path("model-calls-per-minute").asInt(),
                data.path("postgres-max-connections").asInt());
    }

    /** How many jobs of a priority one worker drains within the target: slots × target / mean. */
    int divisor(Priority priority) {
        return slots * drainTargetSeconds.getOrDefault(priority, 0) / meanJobSeconds;
    }

    /** As many workers as the model's quota feeds: slots / mean calls a second each. */
    int workersOfQuota() {
        return modelCallsPerMinute * meanJobSeconds / (60 * slots);
    }

    /**
     * As many workers as Postgres has connections for at the height of a rollout: themselves, those that come in addition, and
     * the old ones, which a Deployment does not count while they finish their jobs.
     */
    int workersOfPostgres(Manifests manifests) {
        int surgePercent = Integer.parseInt(manifests
                .workload("memory-worker")
                .object()
                .at("/spec/strategy/rollingUpdate/maxSurge")
                .asText()
                .replace("%", ""));
        int most = processesOfPostgres(manifests);
        int workers = most / 2;
        while (workers > 0 && 2 * workers + Math.ceilDiv(workers * surgePercent, 100) > most) {
            workers--;
        }
        return workers;
    }

    /** As many processes of workers as Postgres has connections for, whether they are counted or finishing. */
    int processesOfPostgres(Manifests manifests) {
        int left = postgresConnections - RESERVED - OTHERS - connectionsOfTheRest(manifests);
        return left / number(manifests, "memory-worker", "DATABASE_POOL_SIZE");
    }

    private static int connectionsOfTheRest(Manifests manifests) {
        int apis = manifests
                        .get("HorizontalPodAutoscaler", "memory-api")
                        .at("/spec/maxReplicas")
                        .asInt()
                + manifests
                        .workload("memory-api")
                        .object()
                        .at("/spec/strategy/rollingUpdate/maxSurge")
                        .asInt();
        int migration = number(manifests, "memory-migration", "DATABASE_POOL_SIZE") + MIGRATING;
        return apis * (number(manifests, "memory-api", "DATABASE_POOL_SIZE") + MIGRATING) + migration;
    }

    private static int number(Manifests manifests, String workload, String variable) {
        Workload found = manifests.workload(workload);
        return new Environment(manifests, found)
                .value(variable)
                .map(Integer::parseInt)
                .orElseThrow(() -> new IllegalArgumentException(workload + " has no " + variable));
    }

    /** The priorities, the most urgent first. */
    static List<Priority> priorities() {
        return Priority.ALL;
    }
}
