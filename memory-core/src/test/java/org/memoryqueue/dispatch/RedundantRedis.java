package org.memoryqueue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.testing.Clients;
import org.memoryqueue.testing.Stores;

/** What the index must do on a Redis of several servers, one of which serves it at a time. */
abstract class RedundantRedis {

    private static final Duration PROMOTION = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Map<Priority, Integer> MANY =
            Map.of(Priority.HIGH, 1_000, Priority.NORMAL, 1_000, Priority.LOW, 1_000);

    private Redis redis;
    private Redis waiting;
    private DueIndex index;

    /** The variables of a deployment on these servers. */
    abstract Map<String, String> variables();

    /** The server that serves the index now. */
    abstract LocalRedis master() throws IOException;

    @BeforeEach
    void connect() {
        redis = Clients.of(variables()).redis();
        waiting = Clients.of(variables()).redis();
        index = Stores.index(redis);
        await(index.createGroups());
        await(index.acknowledge(await(index.reclaim("before", Duration.ZERO, MANY))));
        await(index.acknowledge(await(index.read("before", MANY))));
    }

    @AfterEach
    void disconnect() {
        redis.close();
        waiting.close();
    }

    @Test
    void servesEveryOperation() {
        add(Priority.HIGH, 1, 1_200);
        add(Priority.NORMAL, 2_001, 2_003);
        add(Priority.LOW, 3_001, 3_003);
        assertThat(await(index.lengths()))
                .isEqualTo(Map.of(Priority.HIGH, 1_200L, Priority.NORMAL, 3L, Priority.LOW, 3L));

        List<StreamEntry> read = await(index.read("a", Map.of(Priority.HIGH, 2, Priority.NORMAL, 2, Priority.LOW, 2)));
        assertThat(jobs(read)).containsExactly(1L, 2L, 2_001L, 2_002L, 3_001L, 3_002L);
        List<StreamEntry> blocking = await(DueIndex.readBlocking(waiting, "a", Duration.ofMillis(100)));
        assertThat(jobs(blocking)).containsExactly(3L, 2_003L, 3_003L);

        await(index.renew("a", read));
        await(index.handBack("a", blocking));
        assertThat(jobs(await(index.reclaim("b", Duration.ofMinutes(1), MANY)))).containsExactly(3L, 2_003L, 3_003L);
        await(index.acknowledge(read));
        await(index.acknowledge(blocking));
        assertThat(await(index.length())).isEqualTo(1_206 - 9);

        await(index.leave("a"));
        await(index.probeWrite());
        assertThat(await(index.isReachable())).isTrue();
        looksAfterWhatItHolds(Stores.indexContents(redis));
    }

    private static void looksAfterWhatItHolds(IndexContents contents) {
        String newest = await(contents.newest(Priority.HIGH)).orElseThrow();
        List<StreamEntry> page = await(contents.page(Priority.HIGH, null, newest, 100));
        assertThat(jobs(page)).hasSize(100).startsWith(4L);
        assertThat(await(contents.remove(Priority.HIGH, page))).isEqualTo(100);
        await(contents.mark("here"));
        assertThat(await(contents.bears("here"))).isTrue();
        assertThat(await(contents.removeConsumers(Duration.ZERO))).isPositive();
    }

    @Test
    void isFoundAgainSoonAfterAnotherServerTookOver() throws IOException {
        LocalRedis killed = master();
        AtomicLong next = new AtomicLong(10_000);
        Set<Long> seen = ConcurrentHashMap.newKeySet();
        try (Caller adding = new Caller(() -> index.add(List.of(new DueJob(next.incrementAndGet(), Priority.LOW))));
                Caller reading = new Caller(() -> take(index.read("a", MANY), seen));
                Caller waitingForMore =
                        new Caller(() -> take(DueIndex.readBlocking(waiting, "a", Duration.ofSeconds(1)), seen))) {
            List<Caller> all = List.of(adding, reading, waitingForMore);
            await().atMost(SOON).until(() -> all.stream().allMatch(Caller::succeeds));

            killed.kill();
            await().atMost(PROMOTION).ignoreExceptions().until(() -> master().port() != killed.port());
            all.forEach(Caller::forget);

            await().atMost(SOON).until(() -> all.stream().allMatch(Caller::succeeds));
            long addedAfterwards = next.get();
            await().atMost(SOON).until(() -> seen.stream().anyMatch(job -> job > addedAfterwards));
        }
        killed.restart();
    }

    /** A group that the new master never heard of is created again, as a worker does. */
    private Uni<?> take(Uni<List<StreamEntry>> entries, Set<Long> seen) {
        return entries.invoke(taken -> seen.addAll(jobs(taken)))
                .onFailure(DueIndex::isGroupMissing)
                .recoverWithUni(() -> index.createGroups().replaceWith(List.of()));
    }

    private void add(Priority priority, long first, long last) {
        await(index.add(LongStream.rangeClosed(first, last)
                .mapToObj(id -> new DueJob(id, priority))
                .toList()));
    }

    private static List<Long> jobs(List<StreamEntry> entries) {
        return entries.stream().map(StreamEntry::jobId).toList();
    }

    /** Somebody who makes the same call over and over. Trouble of Redis' is expected, and no other failure. */
    private static final class Caller implements AutoCloseable {

        private final AtomicBoolean ended = new AtomicBoolean();
        private final AtomicLong successes = new AtomicLong();
        private final Set<String> surprises = ConcurrentHashMap.newKeySet();

        Caller(Supplier<Uni<?>> call) {
            Thread.startVirtualThread(() -> run(call));
        }

        private void run(Supplier<Uni<?>> call) {
            while (!ended.get()) {
                try {
                    call.get().await().atMost(SOON);
                    successes.incrementAndGet();
                } catch (IndexUnavailableException e) {
                    Thread.yield();
                } catch (RuntimeException e) {
                    surprises.add(e.toString());
                }
            }
        }

        boolean succeeds() {
            return successes.get() > 0;
        }

        void forget() {
            successes.set(0);
        }

        @Override
        public void close() {
            ended.set(true);
            assertThat(surprises).isEmpty();
        }
    }
}
