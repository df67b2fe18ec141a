package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Nothing in or out but what is needed, and what is needed. */
public final class NetworkRules implements Check {

    private static final List<String> METADATA = List.of("169.254.169.254", "169.254.170.2", "fd00:ec2::254");
    private static final String MONITORING = "monitoring";
    private static final String KEDA = "keda";

    @Override
    public List<Finding> check(Manifests manifests) {
        Findings findings = new Findings();
        JsonNode namespace = manifests.get("Namespace", "memory-queue");
        findings.require(
                manifests.ofKind("NetworkPolicy").anyMatch(NetworkRules::deniesAll),
                "default-deny",
                namespace,
                "has no policy that denies what no other one allows");
        manifests.ofKind("NetworkPolicy").forEach(policy -> {
            narrow(policy, findings);
            metadata(policy, findings);
        });
        for (Workload workload : manifests.workloads()) {
            Predicate<JsonNode> dns = peer -> peer.at("/namespaceSelector/matchLabels")
                    .path("kubernetes.io/metadata.name")
                    .asText()
                    .equals("kube-system");
            findings.require(
                    allows(manifests, workload, "egress", dns, 53, "UDP")
                            && allows(manifests, workload, "egress", dns, 53, "TCP"),
                    "allow-dns",
                    workload.object(),
                    "cannot resolve names");
            if (List.of("api", "worker").contains(workload.component())) {
                service(manifests, workload, findings);
            }
            if (workload.isOurs()) {
                store(manifests, workload, "postgres", 5432, findings);
            }
        }
        keda(manifests, findings);
        return findings.all();
    }

    private static boolean deniesAll(JsonNode policy) {
        JsonNode spec = policy.path("spec");
        return spec.path("podSelector").isEmpty()
                && Manifests.list(spec.path("policyTypes")).size() == 2
                && spec.path("ingress").isEmpty()
                && spec.path("egress").isEmpty();
    }

    /** A rule without peers or without ports lets everything through. */
    private static void narrow(JsonNode policy, Findings findings) {
        for (JsonNode rule : Manifests.list(policy.at("/spec/ingress"))) {
            findings.require(
                    !rule.path("from").isEmpty() && !rule.path("ports").isEmpty(),
                    "narrow-policies",
                    policy,
                    "lets anybody in, or to any port");
        }
        for (JsonNode rule : Manifests.list(policy.at("/spec/egress"))) {
            findings.require(
                    !rule.path("to").isEmpty() && !rule.path("ports").isEmpty(),
                    "narrow-policies",
                    policy,
                    "lets out to anywhere, or to any port");
        }
    }

    private static void metadata(JsonNode policy, Findings findings) {
        blocks(policy).forEach(block -> {
            for (String address : METADATA) {
                findings.require(
                        !contains(block.path("cidr").asText(), address)
                                || Manifests.list(block.path("except")).stream()
                                        .anyMatch(except -> contains(except.asText(), address)),
                        "no-metadata-service",
                        policy,
                        "lets out to " + address + ", the node's metadata service");
            }
        });
    }

    private static Stream<JsonNode> blocks(JsonNode policy) {
        return Manifests.list(policy.at("/spec/egress")).stream()
                .flatMap(rule -> Manifests.list(rule.path("to")).stream())
                .filter(peer -> peer.has("ipBlock"))
                .map(peer -> peer.path("ipBlock"));
    }

    private static void service(Manifests manifests, Workload workload, Findings findings) {
        findings.require(
                allows(
                        manifests,
                        workload,
                        "egress",
                        peer -> contains(peer.at("/ipBlock/cidr").asText(), "203.0.113.7"),
                        443,
                        "TCP"),
                "allow-https",
                workload.object(),
                "cannot reach a language model or the keys of tokens");
        int port = workload.containers().getFirst().at("/ports/0/containerPort").asInt();
        findings.require(
                allows(manifests, workload, "ingress", fromNamespace(MONITORING), port, "TCP"),
                "allow-monitoring",
                workload.object(),
                "cannot be scraped from the namespace " + MONITORING);
        boolean usesRedis = !new Environment(manifests, workload)
                .value("MEMORY_QUEUE_DISPATCH")
                .orElse("auto")
                .equals("postgres");
        if (usesRedis) {
            store(manifests, workload, "redis", 6379, findings);
        }
    }

    private static void store(Manifests manifests, Workload workload, String component, int port, Findings findings) {
        List<Workload> inside = manifests.workloads().stream()
                .filter(other -> other.component().equals(component) && other.runsForEver())
                .toList();
        // A store outside: some range is open, or the overlay that this is a part of has still to open one.
        findings.require(
                inside.stream()
                        .allMatch(store -> allows(manifests, workload, "egress", selecting(store), port, "TCP")
                                && allows(manifests, store, "ingress", selecting(workload), port, "TCP")),
                "allow-stores",
                workload.object(),
                "cannot reach " + component);
        findings.require(
                !inside.isEmpty()
                        || !manifests.name().contains("production")
                        || allows(manifests, workload, "egress", peer -> peer.has("ipBlock"), port, "TCP"),
                "allow-stores",
                workload.object(),
                "cannot reach a " + component + " outside the cluster");
    }

    private static void keda(Manifests manifests, Findings findings) {
        manifests.ofKind("ScaledObject").forEach(scaler -> {
            boolean asksRedis = Manifests.list(scaler.at("/spec/triggers")).stream()
                    .anyMatch(trigger -> trigger.path("type").asText().startsWith("redis"));
            manifests.workloads().stream()
                    .filter(workload -> asksRedis && workload.component().equals("redis"))
                    .filter(Workload::runsForEver)
                    .forEach(redis -> findings.require(
                            allows(manifests, redis, "ingress", fromNamespace(KEDA), 6379, "TCP"),
                            "allow-keda",
                            redis.object(),
                            "cannot be asked by KEDA"));
        });
    }

    private static Predicate<JsonNode> fromNamespace(String name) {
        return peer -> peer.at("/namespaceSelector/matchLabels")
                .path("kubernetes.io/metadata.name")
                .asText()
                .equals(name);
    }

    private static Predicate<JsonNode> selecting(Workload workload) {
        return peer -> peer.has("podSelector")
                && !peer.has("namespaceSelector")
                && Selectors.matches(peer.path("podSelector"), workload.template());
    }

    private static boolean allows(
            Manifests manifests,
            Workload workload,
            String direction,
            Predicate<JsonNode> peer,
            int port,
            String protocol) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> Selectors.matches(policy.at("/spec/podSelector"), workload.template()))
                .flatMap(policy -> Manifests.list(policy.path("spec").path(direction)).stream())
                .filter(rule -> Manifests.list(rule.path(direction.equals("egress") ? "to" : "from")).stream()
                        .anyMatch(peer))
                .flatMap(rule -> Manifests.list(rule.path("ports")).stream())
                .anyMatch(open -> open.path("protocol").asText("TCP").equals(protocol)
                        && (open.path("port").asInt() == port
                                || named(workload, open.path("port").asText(), port)));
    }

    private static boolean named(Workload workload, String name, int port) {
        return workload.containers().stream()
                .flatMap(container -> Manifests.list(container.path("ports")).stream())
                .anyMatch(own -> own.path("name").asText().equals(name)
                        && own.path("containerPort").asInt() == port);
    }

    static boolean contains(String cidr, String address) {
        if (!cidr.contains("/") || cidr.contains(":") != address.contains(":")) {
            return false;
        }
        try {
            String[] parts = cidr.split("/");
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            int shift = 8 * network.length - Integer.parseInt(parts[1]);
            return new BigInteger(1, network)
                    .shiftRight(shift)
                    .equals(new BigInteger(1, InetAddress.getByName(address).getAddress()).shiftRight(shift));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(cidr, e);
        }
    }
}
