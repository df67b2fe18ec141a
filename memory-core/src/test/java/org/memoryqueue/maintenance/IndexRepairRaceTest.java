package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.memoryqueue.testing.Stores.await;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.memoryqueue.dispatch.DueIndex;
import org.memoryqueue.dispatch.DueJob;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Claim;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.lease.Leases;
import org.memoryqueue.testing.Stores;

/** Passes follow one another without a pause, while jobs are accepted, moved, leased, given back, ended and retried. */
class IndexRepairRaceTest {

    private static final int JOBS = 600;
    private static final int WORKERS = 4;

    /** Every job looks as if it had been due for long, so that passes interfere as much as they can. */
    @RegisterExtension
    static final Stores stores = new Stores().with("memory.maintenance.grace", "0s");

    private final long seed = new Random().nextLong();
    private final IndexedQueue queue = new IndexedQueue(stores, stores.redis());
    private final DueIndex index = queue.index();
    private final AtomicInteger passes = new AtomicInteger();
    private volatile boolean producing = true;
    private volatile boolean working = true;

    @Test
    void losesNoJobAndLeavesNoEntryBehind() throws Exception {
        queue.clear();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> repairing = threads.submit(this::repair);
            List<Future<?>> workers = IntStream.range(0, WORKERS)
                    .<Future<?>>mapToObj(i -> threads.submit(() -> work("worker " + i, new Random(seed + i))))
                    .toList();
            threads.submit(() -> accept(new Random(seed - 1))).get();
            threads.submit(() -> interfere(new Random(seed - 2))).get();
            producing = false;

            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(stores.rows(
                                    "SELECT id, state, delayed FROM memory.memory_job WHERE state <> 'cancelled'"))
                            .extracting(Row::deepToString)
                            .as("with seed %d", seed)
                            .isEmpty());
            working = false;
            for (Future<?> worker : workers) {
                worker.get();
            }
            repairing.get();
        }
        await(queue.newRepair().repair());
        assertThat(await(index.length())).as("with seed %d", seed).isZero();
        assertThat(stores.value("SELECT count(*) FROM memory.memory_job")).isEqualTo((long) JOBS);
        System.out.printf("%d passes during the lives of %d jobs%n", passes.get(), JOBS);
    }

    private void repair() {
        while (working) {
            await(queue.newRepair().repair());
            passes.incrementAndGet();
        }
    }

    private void accept(Random random) {
        for (int accepted = 0; accepted < JOBS; accepted += 5) {
            Priority priority = Priority.ALL.get(random.nextInt(3));
            queue.enter(priority, queue.due(priority, 5));
        }
    }

    /** What operators do, and newer revisions of a session. */
    private void interfere(Random random) {
        for (int i = 0; i < JOBS; i++) {
            Priority priority = Priority.ALL.get(random.nextInt(3));
            announce(stores.rows(random.nextBoolean() ? """
                            UPDATE memory.memory_job SET state = 'queued', finished_at = NULL
                             WHERE id = (SELECT id FROM memory.memory_job WHERE state = 'cancelled' AND priority = $1
                                          ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED)
                            RETURNING id, priority
                            """ : """
                            UPDATE memory.memory_job SET priority = $1
                             WHERE id = (SELECT id FROM memory.memory_job WHERE state = 'queued' AND priority <> $1
                                          ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED)
                            RETURNING id, priority
                            """, priority.word()));
        }
    }

    private void work(String name, Random random) {
        while (working) {
            List<StreamEntry> entries = new ArrayList<>(await(index.reclaim(name, Duration.ofMillis(200), one())));
            entries.addAll(await(index.read(name, one())));
            for (StreamEntry entry : entries) {
                Claim claim = await(stores.bean(Leases.class).claim(List.of(entry.jobId()), name));
                if (!claim.leased().isEmpty()) {
                    attempt(name, entry, claim.leased().getFirst(), random);
                } else if (claim.refused().getFirst().reason().isFinal()) {
                    await(index.acknowledge(List.of(entry)));
                }
            }
        }
    }

    private void attempt(String name, StreamEntry entry, Lease lease, Random random) {
        switch (producing ? random.nextInt(5) : 0) {
            case 0, 1 -> {
                stores.rows("""
                        UPDATE memory.memory_job
                           SET state = 'cancelled', finished_at = now(), lease_owner = NULL, lease_until = NULL
                         WHERE id = $1 AND lease_token = $2 AND state = 'running'
                        """, lease.jobId(), lease.token());
                await(index.acknowledge(List.of(entry)));
            }
            case 2 -> {
                await(stores.bean(Leases.class).release(List.of(lease)));
                await(index.handBack(name, List.of(entry)));
            }
            case 3 -> announce(backToQueue(lease, false));
            default -> {
                backToQueue(lease, true);
                await(index.acknowledge(List.of(entry)));
                announce(stores.rows(
                        "UPDATE memory.memory_job SET delayed = false WHERE id = $1 AND delayed RETURNING id, priority",
                        lease.jobId()));
            }
        }
    }

    /** A lost lease, or an attempt that is postponed. */
    private static List<Row> backToQueue(Lease lease, boolean delayed) {
        return stores.rows("""
                UPDATE memory.memory_job
                   SET state = 'queued', delayed = $3, run_at = now(), lease_owner = NULL, lease_until = NULL
                 WHERE id = $1 AND lease_token = $2 AND state = 'running'
                RETURNING id, priority
                """, lease.jobId(), lease.token(), delayed);
    }

    private void announce(List<Row> due) {
        await(index.add(due.stream()
                .map(row -> new DueJob(row.getLong("id"), Priority.ofWord(row.getString("priority"))))
                .toList()));
    }

    private static Map<Priority, Integer> one() {
        return Map.of(Priority.HIGH, 1, Priority.NORMAL, 1, Priority.LOW, 1);
    }
}
