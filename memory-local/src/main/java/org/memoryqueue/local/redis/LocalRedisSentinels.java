package org.memoryqueue.local.redis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A Redis master with two replicas, watched by three Sentinels, as children of this JVM. They fail over when the master
 * has been away for a second.
 */
public final class LocalRedisSentinels implements AutoCloseable {

    /** What the Sentinels call their master. */
    public static final String MASTER_NAME = "memory";

    private static final int REPLICAS = 2;
    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;

    private final List<LocalRedis> servers = new ArrayList<>();
    private final List<LocalSentinel> sentinels = new ArrayList<>();

    private LocalRedisSentinels() {}

    /**
     * Starts all of them, and returns when they know each other.
     *
     * @throws IOException when one does not start
     */
    public static LocalRedisSentinels start() throws IOException {
        LocalRedisSentinels set = new LocalRedisSentinels();
        try {
            set.startServers();
            set.startSentinels();
            return set;
        } catch (IOException e) {
            set.close();
            throw e;
        }
    }

    private void startServers() throws IOException {
        LocalRedis master = LocalRedis.start(RedisOptions.temporary().withArguments("--repl-diskless-sync-delay", "0"));
        servers.add(master);
        for (int i = 0; i < REPLICAS; i++) {
            servers.add(LocalRedis.start(RedisOptions.temporary()
                    .withArguments(
                            "--repl-diskless-sync-delay",
                            "0",
                            "--replicaof",
                            master.host(),
                            Integer.toString(master.port()))));
        }
        Waiting.until(
                "the replicas followed",
                () -> Question.ask(master.port(), "INFO", "replication")
                                .getFirst()
                                .lines()
                                .filter(line -> line.startsWith("slave") && line.contains("state=online"))
                                .count()
                        == REPLICAS);
    }

    private void startSentinels() throws IOException {
        for (int i = 0; i < SENTINELS; i++) {
            sentinels.add(LocalSentinel.watching(MASTER_NAME, servers.getFirst(), QUORUM));
        }
        Waiting.until("the Sentinels knew each other and the replicas", this::allKnown);
    }

    private boolean allKnown() throws IOException {
        for (LocalSentinel sentinel : sentinels) {
            String master = String.join(" ", Question.ask(sentinel.port(), "SENTINEL", "MASTER", MASTER_NAME));
            if (!master.contains(" num-slaves " + REPLICAS)
                    || !master.contains(" num-other-sentinels " + (SENTINELS - 1))) {
                return false;
            }
        }
        return true;
    }

    /** The Sentinels, as {@code host:port}, separated by commas. */
    public String hosts() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(Collectors.joining(","));
    }

    /** The servers, whether they run or not. */
    public List<LocalRedis> servers() {
        return List.copyOf(servers);
    }

    /**
     * The server that the Sentinels take for the master now.
     *
     * @throws IOException when no Sentinel answers
     */
    public LocalRedis master() throws IOException {
        for (LocalSentinel sentinel : sentinels) {
            try {
                int port = Integer.parseInt(
                        Question.ask(sentinel.port(), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME)
                                .get(1));
                return servers.stream()
                        .filter(server -> server.port() == port)
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                // This one is away.
            }
        }
        throw new IOException("No Sentinel answers");
    }

    /** Kills a Sentinel, as {@code kill -9} does. */
    public void killSentinel(int number) {
        sentinels.get(number).kill();
    }

    @Override
    public void close() throws IOException {
        for (LocalSentinel sentinel : sentinels) {
            sentinel.close();
        }
        for (LocalRedis server : servers) {
            server.kill();
            server.close();
        }
    }
}
