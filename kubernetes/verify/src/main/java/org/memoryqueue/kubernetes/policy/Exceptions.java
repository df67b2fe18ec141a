package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Manifests;

/** The rules that are waived, each for some objects and with a reason (kubernetes/policy/exceptions.yaml). */
public final class Exceptions {

    /**
     * One of them.
     *
     * @param rule the rule that is waived
     * @param objects for which objects, as kind/name; an asterisk stands for anything
     * @param reason why
     */
    public record Waiver(String rule, List<String> objects, String reason) {

        boolean covers(Finding finding) {
            return finding.rule().equals(rule)
                    && objects.stream().anyMatch(pattern -> finding.object().matches(pattern.replace("*", ".*")));
        }
    }

    private final List<Waiver> waivers;

    public Exceptions(List<Waiver> waivers) {
        this.waivers = List.copyOf(waivers);
    }

    public static Exceptions parse(String yaml) {
        List<Waiver> waivers = new ArrayList<>();
        for (JsonNode waiver : Manifests.list(Manifests.parse(yaml).path("exceptions"))) {
            List<String> objects = Manifests.list(waiver.path("objects")).stream()
                    .map(JsonNode::asText)
                    .toList();
            waivers.add(new Waiver(
                    waiver.path("rule").asText(),
                    objects,
                    waiver.path("reason").asText().strip()));
        }
        return new Exceptions(waivers);
    }

    /** What is left of the findings. */
    public List<Finding> apply(List<Finding> findings) {
        return findings.stream()
                .filter(finding -> waivers.stream().noneMatch(waiver -> waiver.covers(finding)))
                .toList();
    }

    /** Waivers that waive none of these findings: they would hide the next one. */
    public List<Waiver> unused(List<Finding> findings) {
        return waivers.stream()
                .filter(waiver -> findings.stream().noneMatch(waiver::covers))
                .toList();
    }

    public List<Waiver> all() {
        return waivers;
    }
}
