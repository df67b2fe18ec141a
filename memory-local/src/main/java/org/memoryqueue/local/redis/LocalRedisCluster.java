package org.memoryqueue.local.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.memoryqueue.local.process.Ports;

/**
 * A Redis Cluster of three masters with a replica each, as children of this JVM. It fails over when a master has been
 * away for two seconds.
 */
public final class LocalRedisCluster implements AutoCloseable {
    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;

    /** The nodes talk to each other on a port that is higher by this; both must be below those of outgoing connections. */
    private static final int BUS = 10_000;

    private static final int FIRST_PORT = 12_000;
    private static final int LAST_PORT = 22_000;

    /** The masters, then their replicas in the same order; what they become later is another matter. */
    private final List<LocalRedis> nodes = new ArrayList<>();

    private LocalRedisCluster() {}

    /**
     * Starts a cluster and returns when all of it works.
     *
     * @throws IOException when it does not start
     */
    public static LocalRedisCluster start() throws IOException {
        LocalRedisCluster cluster = new LocalRedisCluster();
        try {
            cluster.startNodes();
            cluster.dealSlots();
            cluster.meet();
            cluster.replicate();
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw e;
        }
    }

    private void startNodes() throws IOException {
        for (int i = 0; i < 2 * MASTERS; i++) {
            nodes.add(LocalRedis.start(RedisOptions.temporary()
                    .withPort(freePort())
                    .withArguments(
                            "--cluster-enabled", "yes",
                            "--cluster-node-timeout", "2000",
                            // A replica may be promoted however long it has been without its master: on a machine that
                            // is too busy for an election in time, there would never be one.
                            "--cluster-replica-validity-factor", "0",
                            "--repl-diskless-sync-delay", "0")));
        }
    }

    private static int freePort() {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT))
                .filter(port -> Ports.isFree(port) && Ports.isFree(port + BUS))
                .findFirst()
                .orElseThrow();
    }

    private void dealSlots() throws IOException {
        for (int i = 0; i < MASTERS; i++) {
            List<String> command = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
            IntStream.range(SLOTS * i / MASTERS, SLOTS * (i + 1) / MASTERS)
                    .mapToObj(Integer::toString)
                    .forEach(command::add);
            Question.ask(nodes.get(i).port(), command.toArray(String[]::new));
        }
    }

    private void meet() throws IOException {
        for (int i = 0; i < nodes.size(); i++) {
            Question.ask(nodes.get(i).port(), "CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (LocalRedis other : nodes.subList(1, nodes.size())) {
            Question.ask(nodes.getFirst().port(), "CLUSTER", "MEET", other.host(), Integer.toString(other.port()));
        }
        Waiting.until("all nodes knew each other", () -> all("CLUSTER INFO", "cluster_known_nodes:" + nodes.size()));
    }

    private void replicate() throws IOException {
        for (int i = 0; i < MASTERS; i++) {
            String master = Question.ask(nodes.get(i).port(), "CLUSTER", "MYID").getFirst();
            Question.ask(nodes.get(MASTERS + i).port(), "CLUSTER", "REPLICATE", master);
        }
        Waiting.until("the slots were served", () -> all("CLUSTER INFO", "cluster_state:ok"));
        Waiting.until("all replicas followed", this::allReplicasFollow);
    }

    private boolean all(String question, String expected) throws IOException {
        for (LocalRedis node : nodes) {
            if (!Question.ask(node.port(), question.split(" ")).getFirst().contains(expected)) {
                return false;
            }
        }
        return true;
    }

    /** Clients learn of the replicas from every node. */
    private boolean allReplicasFollow() throws IOException {
        for (LocalRedis replica : nodes.subList(MASTERS, nodes.size())) {
            if (!Question.ask(replica.port(), "INFO", "replication").getFirst().contains("master_link_status:up")) {
                return false;
            }
        }
        for (LocalRedis node : nodes) {
            if (nodesAsSeenBy(node).stream().filter(Node::isReplica).count() != MASTERS) {
                return false;
            }
        }
        return true;
    }

    /** All nodes, as {@code host:port}, separated by commas. */
    public String hosts() {
        return nodes.stream().map(node -> node.host() + ":" + node.port()).collect(Collectors.joining(","));
    }

    /** All nodes, whether they run or not. */
    public List<LocalRedis> nodes() {
        return List.copyOf(nodes);
    }

    /**
     * The node that serves a key now.
     *
     * @throws IOException when no node knows of one: in the middle of a failover
     */
    public LocalRedis owner(String key) throws IOException {
        for (LocalRedis asked : nodes) {
            try {
                int slot = Integer.parseInt(
                        Question.ask(asked.port(), "CLUSTER", "KEYSLOT", key).getFirst());
                for (Node node : nodesAsSeenBy(asked)) {
                    if (node.serves(slot)) {
                        return byPort(node.port());
                    }
                }
            } catch (IOException e) {
                // This one is away.
            }
        }
        throw new IOException("Nobody serves " + key);
    }

    private LocalRedis byPort(int port) throws IOException {
        return nodes.stream()
                .filter(node -> node.port() == port)
                .findFirst()
                .orElseThrow(() -> new IOException("Port " + port + " is none of ours"));
    }

    private static List<Node> nodesAsSeenBy(LocalRedis asked) throws IOException {
        return Question.ask(asked.port(), "CLUSTER", "NODES")
                .getFirst()
                .lines()
                .map(Node::parse)
                .toList();
    }

    @Override
    public void close() throws IOException {
        for (LocalRedis node : nodes) {
            node.kill();
            node.close();
        }
    }

    /**
     * A line of {@code CLUSTER NODES}.
     *
     * @param flags such as {@code myself,master}
     * @param slots ranges such as {@code 0-5460}
     */
    private record Node(int port, String flags, List<String> slots) {

        static Node parse(String line) {
            String[] words = line.split(" ");
            String port = words[1].substring(words[1].lastIndexOf(':') + 1, words[1].indexOf('@'));
            return new Node(
                    Integer.parseInt(port), words[2], Arrays.asList(words).subList(8, words.length));
        }

        boolean isReplica() {
            return flags.contains("slave") && !flags.contains("fail");
        }

        boolean serves(int slot) {
            return flags.contains("master")
                    && !flags.contains("fail")
                    && slots.stream().anyMatch(range -> holds(range, slot));
        }

        private static boolean holds(String range, int slot) {
            String[] bounds = range.split("-");
            return Integer.parseInt(bounds[0]) <= slot && slot <= Integer.parseInt(bounds[bounds.length - 1]);
        }
    }
}
