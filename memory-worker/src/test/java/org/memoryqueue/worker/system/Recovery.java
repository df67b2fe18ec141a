package org.memoryqueue.worker.system;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Watches how long the jobs of a dead worker stay with it: until their leases are taken over, or they are queued again. */
final class Recovery implements AutoCloseable {

    private static final long LOOK_EVERY_MILLIS = 100;

    /** A job that a worker holds, and the token of its lease. */
    record Held(long id, long token) {}

    private final Database database;
    private final Map<Held, Long> orphans = new HashMap<>();
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("recovery").factory());
    private long count;
    private long slowestNanos;

    Recovery(Database database) {
        this.database = database;
        watcher.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The jobs that a worker holds, as the database has it. */
    static long heldBy(Database database, ServiceProcess worker) {
        return database.count("SELECT count(*) FROM memory.memory_job WHERE " + isHeldBy(worker.pid()));
    }

    /** The jobs that a worker holds. */
    static List<Held> jobsOf(Database database, ServiceProcess worker) {
        return jobsOf(database, worker.pid());
    }

    private static List<Held> jobsOf(Database database, long pid) {
        return database.rows(
                "SELECT id, lease_token FROM memory.memory_job WHERE " + isHeldBy(pid),
                row -> new Held(row.getLong(1), row.getLong(2)));
    }

    /** How many of these leases are lost by now: taken by another, or given back to the queue. */
    static long lost(Database database, List<Held> jobs) {
        Map<Long, Long> tokens = jobs.stream().collect(Collectors.toMap(Held::id, Held::token));
        return database
                .rows(
                        "SELECT id, lease_token, state FROM memory.memory_job WHERE id IN (" + ids(jobs) + ")",
                        row -> row.getLong(2) != tokens.getOrDefault(row.getLong(1), 0L)
                                || row.getString(3).equals("queued"))
                .stream()
                .filter(lost -> lost)
                .count();
    }

    private static String ids(Collection<Held> jobs) {
        return jobs.stream().map(job -> String.valueOf(job.id())).collect(Collectors.joining(","));
    }

    /** The students of the jobs that a worker holds, each once. */
    static List<String> studentsOf(Database database, ServiceProcess worker) {
        return database.rows(
                "SELECT DISTINCT student_id FROM memory.memory_job WHERE " + isHeldBy(worker.pid()),
                row -> row.getString(1));
    }

    /**
     * Begins to watch what a worker held that has just been killed, after its last statement has ended.
     *
     * @param pid its process id when it lived
     * @param killedAt by {@link System#nanoTime()}
     * @return how many jobs were in flight
     */
    synchronized long watch(long pid, long killedAt) {
        List<Held> held = jobsOf(database, pid);
        held.forEach(job -> orphans.put(job, killedAt));
        count += held.size();
        return held.size();
    }

    private static String isHeldBy(long pid) {
        return "state = 'running' AND lease_owner LIKE '%-" + pid + "-%'";
    }

    private synchronized void look() {
        if (orphans.isEmpty()) {
            return;
        }
        Set<Held> still = new HashSet<>(database.rows(
                "SELECT id, lease_token FROM memory.memory_job WHERE state = 'running' AND id IN ("
                        + ids(orphans.keySet()) + ")",
                row -> new Held(row.getLong(1), row.getLong(2))));
        long now = System.nanoTime();
        orphans.entrySet().removeIf(orphan -> {
            if (still.contains(orphan.getKey())) {
                return false;
            }
            slowestNanos = Math.max(slowestNanos, now - orphan.getValue());
            return true;
        });
    }

    /** Whether everything that is watched has been taken over. */
    synchronized boolean isOver() {
        return orphans.isEmpty();
    }

    /** How many jobs were in flight when their workers were killed. */
    synchronized long inFlight() {
        return count;
    }

    /** How long the slowest of them took to be taken over, within a tenth of a second. */
    synchronized double slowestSeconds() {
        return slowestNanos / 1e9;
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
