package org.memoryqueue.kubernetes.code;

import java.util.Map;
import java.util.Set;

/**
 * What the running services were seen to have.
 *
 * @param metrics names of metrics, by service
 * @param up paths of probes that answered 200, by service
 */
public record LiveFacts(Map<String, Set<String>> metrics, Map<String, Set<String>> up) {

    public static final String API = "memory-api";
    public static final String WORKER = "memory-worker";

    /** Whether some service has a metric of that name. */
    public boolean hasMetric(String name) {
        return metrics.values().stream().anyMatch(names -> names.contains(name));
    }
}
