package org.memoryqueue.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.job.Priority.HIGH;
import static org.memoryqueue.job.Priority.LOW;
import static org.memoryqueue.job.Priority.NORMAL;
import static org.memoryqueue.testing.Stores.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.dispatch.IndexUnavailableException;
import org.memoryqueue.dispatch.StreamEntry;
import org.memoryqueue.dispatch.StreamKeys;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;
import org.memoryqueue.testing.Beans;
import org.memoryqueue.testing.LocalServers;
import org.memoryqueue.testing.Stores;

/** On each version of Redis at hand. */
@ParameterizedClass(name = "Redis {1}", autoCloseArguments = false)
@MethodSource("servers")
class IndexRepairTest {

    private static final int BACKLOG = 100_000;

    @RegisterExtension
    static final Stores stores = new Stores();

    private final String version;
    private final Redis redis;
    private final IndexedQueue queue;

    IndexRepairTest(LocalRedis server, String version) {
        this.version = version;
        this.redis = Stores.connect(server);
        this.queue = new IndexedQueue(stores, redis);
    }

    static Stream<Arguments> servers() {
        return LocalServers.redisOfEachVersion().stream().map(server -> Arguments.of(server, server.version()));
    }

    @BeforeEach
    void begin() {
        queue.clear();
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void addsEverythingToAnEmptyIndexInTheOrderOfAcceptance() {
        List<Long> high = queue.due(HIGH, 3);
        List<Long> normal = queue.due(NORMAL, 5_000);
        List<Long> low = queue.due(LOW, 2);
        queue.send(Command.FLUSHALL);

        await(queue.newRepair().repair());

        assertThat(queue.entered(HIGH)).isEqualTo(high);
        assertThat(queue.entered(NORMAL)).isEqualTo(normal);
        assertThat(queue.entered(LOW)).isEqualTo(low);
        assertThat(queue.read(1, 1, 1))
                .extracting(StreamEntry::jobId)
                .containsExactly(high.getFirst(), normal.getFirst(), low.getFirst());
    }

    @Test
    void addsWhatIsMissingAlsoWhereSurplusEntriesHideIt() {
        List<Long> jobs = queue.due(NORMAL, 4);
        queue.enter(NORMAL, jobs.subList(0, 2));
        queue.enter(NORMAL, List.of(987_654_321L, 987_654_322L));

        await(queue.newRepair().repair());

        assertThat(queue.entered(NORMAL)).isEqualTo(jobs);
    }

    @Test
    void removesEntriesOfJobsThatNeitherWaitNorRun() {
        long waiting = queue.due(HIGH);
        long running = queue.due(HIGH);
        long young = queue.due(HIGH);
        long moved = queue.due(LOW);
        List<Long> dead = queue.due(HIGH, 3);
        queue.enter(HIGH, List.of(dead.get(0), waiting, dead.get(1), running, young, moved, dead.get(2), -7L, 0L));
        queue.read(9, 0, 0);
        queue.enter(LOW, moved);
        queue.enter(LOW, waiting);
        queue.send(Command.XADD, StreamKeys.stream(HIGH), "*", "junk", "junk");
        queue.set(running, "running");
        queue.set(young, "young");
        queue.set(dead.get(0), "delayed");
        queue.set(dead.get(1), "cancelled");
        queue.set(dead.get(2), "gone");

        await(queue.newRepair().repair());

        assertThat(queue.entered(HIGH)).containsExactly(waiting, running, young);
        assertThat(queue.entered(LOW)).containsExactly(moved);
        assertThat(queue.send(Command.XPENDING, StreamKeys.stream(HIGH), StreamKeys.GROUP)
                        .get(0)
                        .toInteger())
                .isEqualTo(3);
    }

    @Test
    void keepsTheOldestEntryOfAJob() {
        List<Long> jobs = queue.due(NORMAL, 2_500);
        queue.enter(NORMAL, jobs);
        queue.enter(NORMAL, jobs);
        queue.enter(NORMAL, jobs.getFirst());
        List<StreamEntry> held = queue.read(0, 1, 0);
        queue.set(jobs.getFirst(), "running");

        await(queue.newRepair().repair());

        assertThat(queue.entered(NORMAL)).isEqualTo(jobs);
        await(queue.index().acknowledge(held));
        assertThat(queue.entered(NORMAL)).isEqualTo(jobs.subList(1, jobs.size()));
    }

    @Test
    void leavesTheEntryOfAJobThatMayBeOnItsWayToThoseWhoSendIt() {
        long young = queue.due(NORMAL);
        queue.set(young, "young");
        await(queue.newRepair().repair());
        assertThat(queue.entered(NORMAL)).isEmpty();
    }

    @Test
    void followsAJobToItsNewPriority() {
        long job = queue.due(LOW);
        queue.enter(LOW, job);
        queue.move(job, HIGH);

        await(queue.newRepair().repair());

        assertThat(queue.entered(HIGH)).containsExactly(job);
        assertThat(queue.entered(LOW)).isEmpty();
    }

    @Test
    void findsJobsThatAreFarApart() {
        long retried = queue.due(NORMAL);
        long entered = queue.due(NORMAL);
        long far = queue.due(NORMAL);
        long farEntered = queue.due(NORMAL);
        long farthest = queue.due(NORMAL);
        stores.rows("UPDATE memory.memory_job SET id = id + 200000000 WHERE id = $1 OR id = $2", far, farEntered);
        stores.rows("UPDATE memory.memory_job SET id = id + 2000000000000 WHERE id = $1", farthest);
        queue.enter(NORMAL, List.of(entered, farEntered + 200_000_000, farEntered + 200_000_000));

        await(queue.newRepair().repair());

        assertThat(queue.entered(NORMAL))
                .containsExactly(
                        entered, farEntered + 200_000_000, retried, far + 200_000_000, farthest + 2_000_000_000_000L);
    }

    @Test
    void makesOneEntryOfEachJobOutOfAnyDisorder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<String> states = List.of("queued", "queued", "young", "delayed", "running", "cancelled", "gone");
        Map<Long, Priority> due = new HashMap<>();
        Map<Long, Priority> belonging = new HashMap<>();
        Map<Priority, List<Long>> entered = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            Priority priority = pick(random, Priority.ALL);
            long job = queue.due(priority);
            String state = pick(random, states);
            for (int entry = random.nextInt(4); entry > 0; entry--) {
                entered.computeIfAbsent(pick(random, Priority.ALL), stream -> new ArrayList<>())
                        .add(job);
            }
            queue.set(job, state);
            if (state.equals("queued")) {
                due.put(job, priority);
            }
            if (List.of("queued", "young", "running").contains(state)) {
                belonging.put(job, priority);
            }
        }
        entered.values().forEach(jobs -> Collections.shuffle(jobs, random));
        entered.forEach(queue::enter);
        queue.read(random.nextInt(100), random.nextInt(100), random.nextInt(100));

        await(queue.newRepair().repair());

        for (Priority stream : Priority.ALL) {
            LinkedHashSet<Long> expected = new LinkedHashSet<>(entered.getOrDefault(stream, List.of()));
            expected.removeIf(job -> belonging.get(job) != stream);
            due.keySet().stream().sorted().filter(job -> due.get(job) == stream).forEach(expected::add);
            assertThat(queue.entered(stream))
                    .as("%s, with seed %d", stream, seed)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void makesABacklogDispatchableAgainSoonAfterRedisWasEmptied() {
        Beans leader = queue.newLeader();
        IndexRepair repair = leader.get(IndexRepair.class);
        // In parts, each within the time that a statement has.
        for (int part = 0; part < 20; part++) {
            queue.due(NORMAL, BACKLOG / 20);
        }
        await(repair.repair());
        queue.send(Command.FLUSHALL);
        LoopWatch watch = new LoopWatch(leader.get(Vertx.class));

        long began = System.nanoTime();
        await(repair.repair());
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(await(queue.index().lengths())).containsEntry(NORMAL, (long) BACKLOG);
        assertThat(queue.read(0, 10, 0)).hasSize(10);
        long beganAgain = System.nanoTime();
        await(queue.newRepair().repair());
        System.out.printf(
                "Redis %s: %,d jobs dispatchable %d ms after FLUSHALL was noticed; a pass over them takes %d ms;"
                        + " no event loop was busy for longer than %d ms%n",
                version,
                BACKLOG,
                took.toMillis(),
                Duration.ofNanos(System.nanoTime() - beganAgain).toMillis(),
                watch.stop().toMillis());
    }

    @Test
    void noticesAtOnceThatRedisWasEmptied() {
        IndexRepair repair = queue.newRepair();
        List<Long> jobs = queue.due(NORMAL, 3);
        for (int i = 0; i < 3; i++) {
            await(repair.repair());
            assertThat(queue.entered(NORMAL)).isEqualTo(jobs);
            queue.send(Command.FLUSHALL);
        }
    }

    @Test
    void looksAgainWhenAnotherHasLedMeanwhile() {
        IndexRepair repair = queue.newRepair();
        List<Long> jobs = queue.due(NORMAL, 3);
        await(repair.repair());
        queue.send(Command.DEL, StreamKeys.stream(NORMAL));
        await(repair.repair());
        assertThat(queue.entered(NORMAL)).isEmpty();

        await(queue.newRepair().repair());

        assertThat(queue.entered(NORMAL)).isEqualTo(jobs);
    }

    @Test
    void noticesSoonThatSingleEntriesAreMissingOrTooMany() {
        IndexRepair repair = queue.newRepair();
        List<Long> jobs = queue.due(NORMAL, 3);
        long low = queue.due(LOW);
        await(repair.repair());
        queue.send(Command.XTRIM, StreamKeys.stream(NORMAL), "MAXLEN", 2);
        queue.enter(LOW, low);

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            await(repair.repair());
            assertThat(queue.entered(NORMAL)).containsExactlyInAnyOrderElementsOf(jobs);
            assertThat(queue.entered(LOW)).containsExactly(low);
        });
    }

    @Test
    void addsWhatIsMissingWhenRedisHasMemoryAgainAndRemovesWhatIsDeadBefore() {
        List<Long> jobs = queue.due(NORMAL, 3);
        queue.enter(NORMAL, 987_654_321L);
        queue.enter(NORMAL, jobs.getFirst());
        IndexRepair repair = queue.newRepair();
        queue.send(Command.CONFIG, "SET", "maxmemory-policy", "noeviction");
        queue.send(Command.CONFIG, "SET", "maxmemory", 1);
        try {
            assertThatThrownBy(() -> await(repair.repair()))
                    .isInstanceOf(IndexUnavailableException.class)
                    .hasMessageContaining("OOM");
            assertThat(queue.entered(NORMAL)).containsExactly(jobs.getFirst());
        } finally {
            queue.send(Command.CONFIG, "SET", "maxmemory", 0);
        }

        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            await(repair.repair());
            assertThat(queue.entered(NORMAL)).isEqualTo(jobs);
        });
    }

    @Test
    void addsEverythingAfterRedisDiedAndCameBackEmpty() throws IOException {
        LocalRedis dying = LocalRedis.startBundled(RedisOptions.temporary());
        Redis client = Stores.connect(dying);
        IndexedQueue other = new IndexedQueue(stores, client);
        IndexRepair repair = other.newRepair();
        List<Long> jobs = other.due(NORMAL, 3);
        await(repair.repair());
        dying.kill();
        assertThatThrownBy(() -> await(repair.repair())).isInstanceOf(IndexUnavailableException.class);
        dying.restart();

        Awaitility.await()
                .ignoreExceptionsInstanceOf(IndexUnavailableException.class)
                .untilAsserted(() -> {
                    await(repair.repair());
                    assertThat(other.entered(NORMAL)).isEqualTo(jobs);
                });
        client.close();
        dying.close();
    }

    @Test
    void countsWhatItChanges() {
        List<Long> jobs = queue.due(NORMAL, 3);
        queue.enter(NORMAL, List.of(jobs.getFirst(), 987_654_321L));
        Beans leader = queue.newLeader();

        await(leader.get(IndexRepair.class).repair());

        MeterRegistry metrics = leader.get(MeterRegistry.class);
        assertThat(metrics.counter("memory.index.repaired", "kind", "added").count())
                .isEqualTo(2);
        assertThat(metrics.counter("memory.index.repaired", "kind", "removed").count())
                .isEqualTo(1);
    }

    private static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
