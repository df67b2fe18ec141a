package org.memoryqueue.local.migrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.memoryqueue.local.redis.RedisConnection;

/** A queue of Bull (version 3 or 4) in its Redis. It is only read. */
final class BullQueue {

    private final RedisConnection redis;
    private final String prefix;

    BullQueue(RedisConnection redis, String name) {
        this.redis = redis;
        this.prefix = "bull:" + name + ":";
    }

    /**
     * The ids of the jobs that have not completed, by where they are, each once. Read against the way that jobs take, so
     * that one which moves on meanwhile is rather met twice than missed.
     */
    Map<String, List<String>> open() throws IOException {
        Map<String, List<String>> open = new LinkedHashMap<>();
        open.put("failed", redis.ask("ZRANGE", prefix + "failed", "0", "-1"));
        open.put("delayed", redis.ask("ZRANGE", prefix + "delayed", "0", "-1"));
        // New jobs are pushed on the left, and taken from the right.
        open.put("paused", redis.ask("LRANGE", prefix + "paused", "0", "-1").reversed());
        open.put("wait", redis.ask("LRANGE", prefix + "wait", "0", "-1").reversed());
        open.put("active", redis.ask("LRANGE", prefix + "active", "0", "-1").reversed());
        return eachOnce(open);
    }

    /** The later place counts. */
    private static Map<String, List<String>> eachOnce(Map<String, List<String>> open) {
        Map<String, String> places = new LinkedHashMap<>();
        open.forEach((place, ids) -> ids.forEach(id -> places.put(id, place)));
        Map<String, List<String>> once = new LinkedHashMap<>();
        open.keySet().forEach(place -> once.put(place, new ArrayList<>()));
        places.forEach((id, place) -> once.getOrDefault(place, List.of()).add(id));
        return once;
    }

    /** A job; empty when it has gone. */
    Optional<BullJob> job(String id) throws IOException {
        List<String> fields = redis.ask("HMGET", prefix + id, "data", "timestamp");
        return fields.getFirst().isEmpty()
                ? Optional.empty()
                : Optional.of(new BullJob(id, fields.getFirst(), fields.getLast()));
    }
}
