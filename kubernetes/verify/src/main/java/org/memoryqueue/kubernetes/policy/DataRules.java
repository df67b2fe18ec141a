package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** What Redis must never do, and what a backup must. */
public final class DataRules implements Check {

    private static final Pattern MEGABYTES = Pattern.compile("(\\d+)(mb|Mi)");

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        for (Workload workload : manifests.workloads()) {
            if (workload.component().equals("redis") && workload.runsForEver()) {
                redis(manifests, workload, findings);
            }
            if (workload.kind().equals("CronJob")) {
                backup(workload, findings);
            }
        }
        manifests
                .ofKind("ExternalSecret")
                .forEach(secret -> findings.require(
                        secret.at("/spec/target/deletionPolicy").asText().equals("Retain"),
                        "secrets-stay",
                        secret,
                        "takes the Secret away from running pods when the manager has lost it"));
        return findings.all();
    }

    private static void redis(Manifests manifests, Workload redis, Findings findings) {
        String configuration = manifests
                .get("ConfigMap", "redis-config")
                .at("/data/redis.conf")
                .asText();
        for (String line : List.of("appendonly yes", "appendfsync everysec", "maxmemory-policy noeviction")) {
            findings.require(
                    configuration.lines().anyMatch(line::equals), "redis-durability", redis.object(), "no " + line);
        }
        int maximum = configuration
                .lines()
                .filter(line -> line.startsWith("maxmemory "))
                .mapToInt(DataRules::megabytes)
                .findFirst()
                .orElse(Integer.MAX_VALUE / 2);
        findings.require(
                2
                                * megabytes(redis.containers()
                                        .getFirst()
                                        .at("/resources/limits/memory")
                                        .asText())
                        >= 3 * maximum,
                "redis-memory",
                redis.object(),
                "is killed for its memory before it is full");
        boolean keeps = Manifests.list(redis.containers().getFirst().path("volumeMounts")).stream()
                .anyMatch(mount -> mount.path("mountPath").asText().equals("/data"));
        findings.require(
                keeps && !redis.object().at("/spec/volumeClaimTemplates").isEmpty(),
                "redis-durability",
                redis.object(),
                "forgets everything with its pod");
    }

    private static void backup(Workload backup, Findings findings) {
        JsonNode container = backup.containers().getFirst();
        findings.require(
                Manifests.list(container.path("volumeMounts")).stream()
                        .anyMatch(mount -> mount.path("mountPath").asText().equals("/backup")),
                "backup",
                backup.object(),
                "keeps its dump nowhere");
        findings.require(
                !backup.component().equals("backup-postgres")
                        || !backup.object().at("/spec/suspend").asBoolean(),
                "backup",
                backup.object(),
                "is suspended");
    }

    private static int megabytes(String text) {
        Matcher matcher = MEGABYTES.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
