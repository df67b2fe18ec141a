package org.memoryqueue.kubernetes.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.manifest.Check;
import org.memoryqueue.kubernetes.manifest.Finding;
import org.memoryqueue.kubernetes.manifest.Findings;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.manifest.Workload;

/** Nothing in or out but what is needed, and what is needed. */
public final class NetworkRules implements Check {

    /** Of AWS, Google and most others, of AWS' containers, of Alibaba and of Azure; and over IPv6 of AWS and of Google. */
    private static final List<String> METADATA = List.of(
            "169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254");

    private static final Predicate<JsonNode> DNS = from("kube-system", Map.of("k8s-app", "kube-dns"));
    private static final Predicate<JsonNode> MONITORING =
            from("monitoring", Map.of("app.kubernetes.io/name", "prometheus"));
    private static final Predicate<JsonNode> KEDA = from("keda", Map.of("app", "keda-operator"));

    private static final Pattern PORT = Pattern.compile(":(\\d+)(?=,|$)");

    /** Some host of the world, such as a language model. */
    private static final String OUTSIDE = "203.0.113.7";

    /** Which stores the pods of a component speak to. */
    private static final Map<String, List<String>> STORES = Map.of(
            "api", List.of("postgres", "redis"),
            "worker", List.of("postgres", "redis"),
            "migration", List.of("postgres"),
            "backup-postgres", List.of("postgres"),
            "backup-redis", List.of("redis"));

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
            findings.require(
                    allows(manifests, workload, "egress", DNS, 53, "UDP")
                            && allows(manifests, workload, "egress", DNS, 53, "TCP"),
                    "allow-dns",
                    workload.object(),
                    "cannot resolve names");
            if (List.of("api", "worker").contains(workload.component())) {
                service(manifests, workload, findings);
            }
            for (String store : STORES.getOrDefault(workload.component(), List.of())) {
                for (int port : ports(manifests, workload, store)) {
                    store(manifests, workload, store, port, findings);
                }
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
                allows(manifests, workload, "egress", NetworkRules::leadsOutside, 443, "TCP"),
                "allow-https",
                workload.object(),
                "cannot reach a language model or the keys of tokens");
        int port = workload.containers().getFirst().at("/ports/0/containerPort").asInt();
        findings.require(
                allows(manifests, workload, "ingress", MONITORING, port, "TCP"),
                "allow-monitoring",
                workload.object(),
                "cannot be scraped by Prometheus");
    }

    /** On which ports a workload speaks to a store; none where it does not use it. */
    private static Set<Integer> ports(Manifests manifests, Workload workload, String store) {
        if (store.equals("postgres")) {
            return Set.of(5432);
        }
        Environment environment = new Environment(manifests, workload);
        return environment.value("MEMORY_QUEUE_DISPATCH").orElse("auto").equals("postgres")
                ? Set.of()
                : redisPorts(environment);
    }

    /** Those of the addresses that are set; behind Sentinels that of the master too. */
    private static Set<Integer> redisPorts(Environment environment) {
        Set<Integer> ports = new TreeSet<>();
        String hosts = environment.value("REDIS_HOSTS").orElse("");
        Matcher port = PORT.matcher(hosts);
        while (port.find()) {
            ports.add(Integer.valueOf(port.group(1)));
        }
        if (hosts.isEmpty() || environment.value("REDIS_MODE").orElse("").equals("sentinel")) {
            ports.add(environment
                    .value("REDIS_PORT")
                    .filter(value -> !value.isEmpty())
                    .map(Integer::valueOf)
                    .orElse(6379));
        }
        return ports;
    }

    private static void store(Manifests manifests, Workload workload, String component, int port, Findings findings) {
        List<Workload> inside = manifests.workloads().stream()
                .filter(other -> other.component().equals(component) && other.runsForEver())
                .toList();
        findings.require(
                allows(manifests, workload, "egress", peer -> true, port, "TCP"),
                "allow-stores",
                workload.object(),
                "is let out to port " + port + " of " + component + " nowhere");
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
            Set<Integer> ports = redisPorts(new Environment(manifests, manifests.workload("memory-worker")));
            manifests.workloads().stream()
                    .filter(workload -> asksRedis && workload.component().equals("redis"))
                    .filter(Workload::runsForEver)
                    .forEach(redis -> findings.require(
                            ports.stream().allMatch(port -> allows(manifests, redis, "ingress", KEDA, port, "TCP")),
                            "allow-keda",
                            redis.object(),
                            "cannot be asked by KEDA"));
        });
    }

    /** Whether a peer is, or has among others, pods with these labels of a namespace. */
    private static Predicate<JsonNode> from(String namespace, Map<String, String> labels) {
        JsonNode pod = Selectors.labelled(labels);
        return peer -> peer.at("/namespaceSelector/matchLabels")
                        .path("kubernetes.io/metadata.name")
                        .asText()
                        .equals(namespace)
                && Selectors.matches(peer.path("podSelector"), pod);
    }

    private static boolean leadsOutside(JsonNode peer) {
        return contains(peer.at("/ipBlock/cidr").asText(), OUTSIDE)
                && Manifests.list(peer.at("/ipBlock/except")).stream()
                        .noneMatch(except -> contains(except.asText(), OUTSIDE));
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
                .filter(policy -> Manifests.list(policy.at("/spec/policyTypes")).stream()
                        .anyMatch(type -> type.asText().equalsIgnoreCase(direction)))
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
