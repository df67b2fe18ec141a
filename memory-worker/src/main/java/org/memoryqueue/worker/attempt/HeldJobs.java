package org.memoryqueue.worker.attempt;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** The jobs that this worker holds; one slot each. */
@Singleton
public final class HeldJobs {

    private static final int MAX_SLOTS = 1_000;

    private final int slots;
    private final Map<Long, HeldJob> held = new ConcurrentHashMap<>();
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong changes = new AtomicLong();

    HeldJobs(WorkerConfig config, MeterRegistry metrics) {
        this.slots = config.concurrency();
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "memory.worker.concurrency (MEMORY_WORKER_CONCURRENCY) must be from 1 to " + MAX_SLOTS);
        }
        Gauge.builder("memory.worker.slots", this, jobs -> jobs.slots)
                .description("How many jobs this worker works on at once")
                .register(metrics);
        Gauge.builder("memory.worker.busy", held, Map::size)
                .description("How many jobs it holds")
                .register(metrics);
    }

    /** How many more jobs may be taken. */
    public int free() {
        return Math.max(0, slots - held.size());
    }

    /** How many jobs are held. */
    public int count() {
        return held.size();
    }

    /** Whether one is held that must run alone. */
    public boolean isQuarantined() {
        return held.values().stream().anyMatch(HeldJob::isAlone);
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    Collection<HeldJob> all() {
        return List.copyOf(held.values());
    }

    void add(HeldJob job) {
        HeldJob before = held.put(job.lease().jobId(), job);
        if (before != null) {
            before.callOff(HeldJob.CallOff.NOT_OURS);
        }
    }

    /** Frees the slot of a job, unless the job was leased anew in the meantime. */
    void remove(HeldJob job) {
        held.remove(job.lease().jobId(), job);
        changes.incrementAndGet();
        // Those that wait now, and no more: one that is woken may wait again at once.
        for (int count = waiting.size(); count > 0; count--) {
            Runnable waiter = waiting.poll();
            if (waiter != null) {
                waiter.run();
            }
        }
    }

    /** Grows whenever a slot is freed. */
    public long changes() {
        return changes.get();
    }

    /**
     * Completes when a slot is freed, at the latest when the patience ends; the caller looks again then.
     *
     * @param seen the changes that the caller knew of when it decided to wait: a later one completes it at once
     */
    public Uni<Void> nextChange(long seen, Duration patience) {
        Uni<Void> change = Uni.createFrom().emitter(emitter -> {
            Runnable waiter = () -> emitter.complete(null);
            waiting.add(waiter);
            emitter.onTermination(() -> waiting.remove(waiter));
            if (changes.get() != seen) {
                emitter.complete(null);
            }
        });
        return change.ifNoItem()
                .after(patience)
                .fail()
                .onFailure(TimeoutException.class)
                .recoverWithNull();
    }
}
