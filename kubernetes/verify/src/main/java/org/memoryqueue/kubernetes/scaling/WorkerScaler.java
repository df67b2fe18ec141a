package org.memoryqueue.kubernetes.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.memoryqueue.kubernetes.manifest.Manifests;

/**
 * What scales the workers, as far as a controller looks at it; the same for KEDA and for a plain autoscaler.
 *
 * @param object the ScaledObject or the HorizontalPodAutoscaler
 * @param isKeda which of them it is
 * @param minimum fewest pods; 0 only with KEDA here
 * @param maximum most pods
 * @param pollingSeconds how often KEDA looks while there are none
 * @param cooldownSeconds how long without work before KEDA takes the last one
 * @param behaviour how far it may move
 */
public record WorkerScaler(
        JsonNode object,
        boolean isKeda,
        int minimum,
        int maximum,
        int pollingSeconds,
        int cooldownSeconds,
        Behaviour behaviour) {

    /** The one of these manifests. */
    public static Optional<WorkerScaler> of(Manifests manifests) {
        return manifests
                .find("ScaledObject", "memory-worker")
                .map(object -> new WorkerScaler(
                        object,
                        true,
                        object.at("/spec/minReplicaCount").asInt(),
                        object.at("/spec/maxReplicaCount").asInt(),
                        object.at("/spec/pollingInterval").asInt(30),
                        object.at("/spec/cooldownPeriod").asInt(300),
                        Behaviour.of(object.at("/spec/advanced/horizontalPodAutoscalerConfig/behavior"))))
                .or(() -> manifests
                        .find("HorizontalPodAutoscaler", "memory-worker")
                        .map(object -> new WorkerScaler(
                                object,
                                false,
                                object.at("/spec/minReplicas").asInt(1),
                                object.at("/spec/maxReplicas").asInt(),
                                0,
                                0,
                                Behaviour.of(object.at("/spec/behavior")))));
    }
}
