package org.memoryqueue.kubernetes.drill;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.scaling.WorkerScaler;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisConnection;

/** What KEDA sees: the length of the stream that each trigger names. */
final class Backlog implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RedisConnection redis;
    private final Map<String, String> streams;

    Backlog(WorkerScaler scaler, LocalRedis server) throws IOException {
        redis = RedisConnection.open(server.host(), server.port(), PATIENCE);
        streams = Manifests.list(scaler.object().at("/spec/triggers")).stream()
                .collect(Collectors.toMap(
                        trigger -> trigger.path("name").asText(),
                        trigger -> trigger.at("/metadata/stream").asText()));
    }

    /** Entries by the name of the trigger. */
    Map<String, Long> lengths() throws IOException {
        Map<String, Long> lengths = new LinkedHashMap<>();
        for (Map.Entry<String, String> stream : streams.entrySet()) {
            lengths.put(
                    stream.getKey(),
                    Long.parseLong(redis.ask("XLEN", stream.getValue()).getFirst()));
        }
        return lengths;
    }

    /** Whether no client waits for an entry: what comes is given to whoever has waited longest, awake or not. */
    boolean nobodyWaits() throws IOException {
        return redis.ask("INFO", "clients").getFirst().contains("blocked_clients:0\r\n");
    }

    @Override
    public void close() throws IOException {
        redis.close();
    }
}
