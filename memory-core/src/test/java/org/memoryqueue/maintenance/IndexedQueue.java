package org.memoryqueue.maintenance;

import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.Stores;

/** Jobs in Postgres and entries in Redis, put there by hand so that they need not agree. */
final class IndexedQueue {

    private final Stores stores;
    private final Redis redis;
    private final DueIndex index;

    IndexedQueue(Stores stores, Redis redis) {
        this.stores = stores;
        this.redis = redis;
        this.index = Stores.index(redis);
    }

    /** Begins with no jobs and an index that has its groups. */
    void clear() {
        while (!stores.rows("DELETE FROM memory.memory_job WHERE id IN (SELECT id FROM memory.memory_job LIMIT 5000)"
                        + " RETURNING id")
                .isEmpty()) {
            // In parts, each within the time that a statement has.
        }
        send(Command.FLUSHALL);
        await(index.createGroups());
    }

    /** Beans that have seen nothing yet, as of a process that becomes the leader. */
    Beans newLeader() {
        return stores.beansWith(redis);
    }

    /** A repair that begins with a pass. */
    IndexRepair newRepair() {
        return newLeader().get(IndexRepair.class);
    }

    /** Jobs that have been due for a minute. */
    List<Long> due(Priority priority, int howMany) {
        return stores.rows("""
                        INSERT INTO memory.memory_job (student_id, chatbot_id, room_id, session_start, revision, messages,
                               fingerprint, message_count, student_message_count, priority, run_at)
                        SELECT 'student-' || gen_random_uuid(), 'tutor', 'room', now(), 1,
                               '[{"role":"user","content":"hello"}]', decode(repeat('00', 16), 'hex'), 1, 1, $1,
                               now() - interval '1 minute'
                          FROM generate_series(1, $2)
                        RETURNING id
                        """, priority.word(), howMany).stream()
                .map(row -> row.getLong("id"))
                .toList();
    }

    /** A job that has been due for a minute. */
    long due(Priority priority) {
        return due(priority, 1).getFirst();
    }

    /** Takes a job to another state. */
    void set(long job, String state) {
        switch (state) {
            case "queued" -> {}
            case "young" -> stores.rows("UPDATE memory.memory_job SET run_at = now() WHERE id = $1", job);
            case "delayed" ->
                stores.rows(
                        "UPDATE memory.memory_job SET delayed = true, run_at = now() + interval '1 hour' WHERE id = $1",
                        job);
            case "running" -> stores.rows("""
                        UPDATE memory.memory_job
                           SET state = 'running', lease_owner = 'worker', lease_until = now() + interval '1 minute',
                               started_at = now(), lease_token = 1
                         WHERE id = $1
                        """, job);
            case "cancelled" ->
                stores.rows("UPDATE memory.memory_job SET state = 'cancelled', finished_at = now() WHERE id = $1", job);
            case "gone" -> stores.rows("DELETE FROM memory.memory_job WHERE id = $1", job);
            default -> throw new IllegalArgumentException(state);
        }
    }

    /** Moves a waiting job. */
    void move(long job, Priority priority) {
        stores.rows("UPDATE memory.memory_job SET priority = $2 WHERE id = $1", job, priority.word());
    }

    /** Adds entries, whatever their jobs. */
    void enter(Priority stream, List<Long> jobs) {
        await(index.add(jobs.stream().map(job -> new DueJob(job, stream)).toList()));
    }

    /** Adds an entry, whatever its job. */
    void enter(Priority stream, long job) {
        enter(stream, List.of(job));
    }

    /** The jobs of a stream's entries, in their order. */
    List<Long> entered(Priority stream) {
        List<Long> jobs = new ArrayList<>();
        for (Response entry : send(Command.XRANGE, StreamKeys.stream(stream), "-", "+")) {
            jobs.add(Long.parseLong(entry.get(1).get(1).toString()));
        }
        return jobs;
    }

    /** Reads as a worker does. */
    List<StreamEntry> read(int high, int normal, int low) {
        return await(index.read("worker", Map.of(Priority.HIGH, high, Priority.NORMAL, normal, Priority.LOW, low)));
    }

    /** How many entries each stream should have. */
    Map<Priority, Long> belonging() {
        Map<Priority, Long> counts = new EnumMap<>(Priority.class);
        Priority.ALL.forEach(priority -> counts.put(priority, 0L));
        stores.rows("""
                        SELECT priority, count(*) AS jobs FROM memory.memory_job
                         WHERE state = 'running' OR state = 'queued' AND NOT delayed
                         GROUP BY priority
                        """).forEach(row -> counts.put(Priority.ofWord(row.getString("priority")), row.getLong("jobs")));
        return counts;
    }

    DueIndex index() {
        return index;
    }

    Response send(Command command, Object... arguments) {
        return Stores.send(redis, command, arguments);
    }
}
