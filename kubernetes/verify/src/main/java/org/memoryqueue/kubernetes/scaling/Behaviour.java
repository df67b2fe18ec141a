package org.memoryqueue.kubernetes.scaling;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.memoryqueue.kubernetes.manifest.Manifests;

/**
 * How a HorizontalPodAutoscaler may move ({@code spec.behavior}).
 *
 * @param up in which way up
 * @param down in which way down
 */
public record Behaviour(Direction up, Direction down) {

    /**
     * One way.
     *
     * @param stabilisationSeconds over which time the most careful recommendation counts
     * @param policies of which the most generous counts
     */
    public record Direction(int stabilisationSeconds, List<Policy> policies) {}

    /**
     * How far within a period.
     *
     * @param isPercent whether the value is a percentage of the pods at the period's start, or a number of pods
     * @param value how many
     * @param periodSeconds within which time
     */
    public record Policy(boolean isPercent, int value, int periodSeconds) {}

    static Behaviour of(JsonNode behaviour) {
        return new Behaviour(direction(behaviour.path("scaleUp")), direction(behaviour.path("scaleDown")));
    }

    private static Direction direction(JsonNode direction) {
        return new Direction(
                direction.path("stabilizationWindowSeconds").asInt(),
                Manifests.list(direction.path("policies")).stream()
                        .map(policy -> new Policy(
                                policy.path("type").asText().equals("Percent"),
                                policy.path("value").asInt(),
                                policy.path("periodSeconds").asInt()))
                        .toList());
    }
}
