package org.memoryqueue.kubernetes.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong. */
public final class Findings {

    private final List<Finding> found = new ArrayList<>();

    /** Notes a finding unless the condition holds. */
    public void require(boolean holds, String rule, JsonNode object, String message) {
        if (!holds) {
            add(rule, object, message);
        }
    }

    public void add(String rule, JsonNode object, String message) {
        found.add(new Finding(rule, Manifests.id(object), message));
    }

    public List<Finding> all() {
        return List.copyOf(found);
    }
}
