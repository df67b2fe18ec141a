package org.memoryqueue.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.job.Priority.HIGH;
import static org.memoryqueue.job.Priority.LOW;
import static org.memoryqueue.job.Priority.NORMAL;
import static org.memoryqueue.testing.Stores.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.job.Priority;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;
import org.memoryqueue.testing.LocalServers;
import org.memoryqueue.testing.Stores;

/** On Redis 6.2, which is bundled, and on the system's where that is 7 or newer: scripts behave differently. */
@ParameterizedClass(name = "Redis {1}", autoCloseArguments = false)
@MethodSource("servers")
class DueIndexTest {

    private static final Duration LONG = Duration.ofMinutes(30);

    private final LocalRedis server;
    private final Redis redis;
    private final DueIndex index;

    DueIndexTest(LocalRedis server, String version) {
        this.server = server;
        this.redis = Stores.connect(server);
        this.index = Stores.index(redis);
    }

    static Stream<Arguments> servers() {
        return LocalServers.redisOfEachVersion().stream().map(server -> Arguments.of(server, server.version()));
    }

    @BeforeEach
    void startWithEmptyStreams() {
        send(Command.FLUSHALL);
        await(index.createGroups());
    }

    @AfterEach
    void disconnect() {
        redis.close();
    }

    @Test
    void givesEachStreamItsShareInOrder() {
        add(HIGH, 1, 2, 3);
        add(NORMAL, 11, 12, 13);
        add(LOW, 21, 22, 23);
        assertThat(ids(read("a", 2, 1, 1))).containsExactly(1L, 2L, 11L, 21L);
        assertThat(ids(read("b", 1, 2, 0))).containsExactly(3L, 12L, 13L);
    }

    @Test
    void takesAsManyJobsAtOnceAsARepairFindsMissing() {
        add(NORMAL, LongStream.rangeClosed(1, 5_000).toArray());
        assertThat(await(index.length())).isEqualTo(5_000);
    }

    @Test
    void waitsForNoRedisThatDoesNotAnswer() {
        add(NORMAL, 1);
        List<StreamEntry> held = read("a", 0, 1, 0);
        send(Command.CLIENT, "PAUSE", 5_000);
        everyCallOn(held)
                .map(Uni::subscribeAsCompletionStage)
                .toList()
                .forEach(reply -> assertThatThrownBy(() -> reply.get(4, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(IndexUnavailableException.class));
        assertThat(await(index.isReachable())).isFalse();
    }

    @Test
    void handsBackWhatWasReadTooLate() {
        Redis waiting = Stores.connect(server);
        add(NORMAL, 11);
        add(HIGH, 1);
        send(Command.CLIENT, "PAUSE", 2_500);
        assertThatThrownBy(() -> read("slow", 0, 1, 0)).isInstanceOf(IndexUnavailableException.class);
        handsBack(11);

        send(Command.CLIENT, "PAUSE", 2_500);
        assertThatThrownBy(() -> await(DueIndex.readBlocking(waiting, "slow", Duration.ofMillis(1))))
                .isInstanceOf(IndexUnavailableException.class);
        handsBack(1);
        waiting.close();
    }

    private void handsBack(long job) {
        Awaitility.await()
                .ignoreExceptionsInstanceOf(IndexUnavailableException.class)
                .untilAsserted(() -> assertThat(ids(reclaim(LONG, 10, 10, 10))).containsExactly(job));
    }

    @Test
    void tellsThatRedisIsAway() throws IOException {
        LocalRedis dying = LocalRedis.startBundled(RedisOptions.temporary());
        Redis client = Stores.connect(dying);
        DueIndex other = Stores.index(client);
        await(other.createGroups());
        dying.close();
        assertThatThrownBy(() -> await(other.add(List.of(new DueJob(1, HIGH)))))
                .isInstanceOf(IndexUnavailableException.class);
        assertThatThrownBy(() -> await(other.read("a", Map.of(HIGH, 1)))).isInstanceOf(IndexUnavailableException.class);
        client.close();
    }

    @Test
    void tellsThatAllConnectionsAreTaken() {
        Vertx vertx = Vertx.vertx();
        Redis narrow = Redis.createClient(
                vertx,
                new io.vertx.redis.client.RedisOptions()
                        .setConnectionString(server.uri())
                        .setMaxPoolSize(1)
                        .setMaxPoolWaiting(1)
                        .setProtocolNegotiation(false));
        DueIndex other = Stores.index(narrow);
        send(Command.CLIENT, "PAUSE", 1_000);
        List<CompletableFuture<Void>> replies = Stream.generate(
                        () -> other.createGroups().subscribeAsCompletionStage())
                .limit(3)
                .toList();
        assertThat(replies.getLast())
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(IndexUnavailableException.class);
        narrow.close();
        await(vertx.close());
    }

    @Test
    void tellsThatItSpeaksToAReplica() {
        add(NORMAL, 1);
        List<StreamEntry> held = read("a", 0, 1, 0);
        send(Command.REPLICAOF, "127.0.0.1", "1");
        try {
            everyCallOn(held)
                    .forEach(call ->
                            assertThatThrownBy(() -> await(call)).isInstanceOf(IndexUnavailableException.class));
        } finally {
            send(Command.REPLICAOF, "NO", "ONE");
        }
    }

    @Test
    void isOfNoUseWhereSomethingElseIsInPlaceOfAStream() {
        send(Command.DEL, StreamKeys.stream(HIGH));
        send(Command.SET, StreamKeys.stream(HIGH), "no stream");
        try {
            assertThatThrownBy(() -> read("a", 1, 0, 0)).isInstanceOf(IndexUnavailableException.class);
            assertThatThrownBy(() -> await(index.probeWrite())).isInstanceOf(IndexUnavailableException.class);
        } finally {
            send(Command.DEL, StreamKeys.stream(HIGH));
            await(index.createGroups());
        }
    }

    @Test
    void readsAndAcknowledgesButAddsNothingWhileMemoryIsUsedUp() {
        add(HIGH, 1, 2);
        add(LOW, 21);
        send(Command.CONFIG, "SET", "maxmemory-policy", "noeviction");
        send(Command.CONFIG, "SET", "maxmemory", 1);
        try {
            assertThatThrownBy(() -> add(NORMAL, 11))
                    .isInstanceOf(IndexUnavailableException.class)
                    .hasMessageContaining("OOM");
            List<StreamEntry> read = read("a", 1, 0, 1);
            List<StreamEntry> waited = await(DueIndex.readBlocking(redis, "a", Duration.ofSeconds(1)));
            await(index.renew("a", read));
            await(index.handBack("a", read));
            List<StreamEntry> reclaimed = reclaim(LONG, 10, 10, 10);
            await(index.acknowledge(reclaimed));
            await(index.acknowledge(waited));
            assertThat(ids(reclaimed)).containsExactly(1L, 21L);
            assertThat(ids(waited)).containsExactly(2L);
            assertThat(await(index.lengths())).isEqualTo(Map.of(HIGH, 0L, NORMAL, 0L, LOW, 0L));
            assertThat(pending(HIGH) + pending(LOW)).isZero();
            assertThat(await(index.isReachable())).isTrue();
        } finally {
            send(Command.CONFIG, "SET", "maxmemory", 0);
        }
    }

    private Stream<Uni<?>> everyCallOn(List<StreamEntry> held) {
        return Stream.of(
                index.add(List.of(new DueJob(2, HIGH))),
                index.createGroups(),
                index.read("a", Map.of(NORMAL, 1)),
                DueIndex.readBlocking(redis, "a", Duration.ofMillis(1)),
                index.reclaim("b", Duration.ZERO, Map.of(HIGH, 1)),
                index.renew("a", held),
                index.handBack("a", held),
                index.leave("nobody"),
                index.acknowledge(held));
    }

    @Test
    void givesWhatAStreamCannotFillToTheOthersTheMostUrgentFirst() {
        add(NORMAL, 11, 12, 13);
        add(LOW, 21, 22, 23, 24);
        assertThat(ids(read("a", 8, 3, 1))).containsExactlyInAnyOrder(11L, 12L, 13L, 21L, 22L, 23L, 24L);
        add(HIGH, 1);
        add(NORMAL, 14, 15, 16);
        assertThat(ids(read("a", 0, 0, 3))).containsExactly(1L, 14L, 15L);
    }

    @Test
    void neverGivesMoreThanAskedForAndNothingTwice() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        add(HIGH, LongStream.range(0, 50).toArray());
        add(NORMAL, LongStream.range(100, 150).toArray());
        add(LOW, LongStream.range(200, 250).toArray());
        List<Long> all = new ArrayList<>();
        for (int left = 150; left > 0; ) {
            int[] shares = {random.nextInt(6), random.nextInt(4), random.nextInt(3)};
            List<StreamEntry> taken = read("consumer " + random.nextInt(3), shares[0], shares[1], shares[2]);
            assertThat(taken).as("with seed %d", seed).hasSize(Math.min(left, shares[0] + shares[1] + shares[2]));
            left -= taken.size();
            all.addAll(ids(taken));
        }
        assertThat(all).as("with seed %d", seed).doesNotHaveDuplicates().hasSize(150);
    }

    @Test
    void givesNothingFromEmptyStreamsWithoutWaiting() {
        assertThat(read("a", 8, 3, 1)).isEmpty();
        assertThat(read("a", 0, 0, 0)).isEmpty();
    }

    @Test
    void addsNothingWhenThereIsNothingToAdd() {
        await(index.add(List.of()));
        assertThat(length(HIGH) + length(NORMAL) + length(LOW)).isZero();
    }

    @Test
    void wakesAWaitingReaderWithOneEntryOfAStream() {
        Redis waiting = Stores.connect(server);
        CompletableFuture<List<StreamEntry>> read =
                DueIndex.readBlocking(waiting, "a", Duration.ofSeconds(10)).subscribeAsCompletionStage();
        add(LOW, 21, 22);
        assertThat(read)
                .succeedsWithin(Duration.ofSeconds(5))
                .satisfies(entries -> assertThat(ids(entries)).containsExactly(21L))
                .satisfies(entries -> assertThat(entries.getFirst().stream()).isEqualTo(LOW));
        waiting.close();
    }

    @Test
    void endsABlockingReadWithNothingWhenThePatienceEnds() {
        assertThat(await(DueIndex.readBlocking(redis, "a", Duration.ofMillis(1))))
                .isEmpty();
    }

    @Test
    void forgetsAnEntryAltogetherWhenItIsAcknowledged() {
        add(HIGH, 1, 2);
        add(LOW, 21);
        List<StreamEntry> taken = read("a", 8, 3, 1);

        await(index.acknowledge(List.of(taken.get(0), taken.get(2))));

        assertThat(length(HIGH)).isEqualTo(1);
        assertThat(length(LOW)).isZero();
        assertThat(pending(HIGH)).isEqualTo(1);
        assertThat(pending(LOW)).isZero();
    }

    @Test
    void acknowledgesAgainWithoutComplaint() {
        add(HIGH, 1);
        List<StreamEntry> taken = read("a", 1, 0, 0);
        await(index.acknowledge(taken));
        await(index.acknowledge(taken));
        await(index.acknowledge(List.of()));
        send(Command.FLUSHALL);
        await(index.acknowledge(taken));
    }

    @Test
    void acknowledgesAThousandEntriesAtOnce() {
        add(HIGH, LongStream.range(0, 1000).toArray());
        List<StreamEntry> taken = read("a", 1000, 0, 0);
        await(index.acknowledge(taken));
        assertThat(length(HIGH) + pending(HIGH)).isZero();
    }

    @Test
    void reclaimsOnlyWhatHasBeenIdle() {
        add(HIGH, 1);
        add(LOW, 21);
        read("dead", 8, 3, 1);
        assertThat(reclaim(LONG, 10, 10, 10)).isEmpty();
        assertThat(ids(reclaim(Duration.ZERO, 10, 10, 10))).containsExactly(1L, 21L);
        assertThat(holders(HIGH)).containsExactly("b");
    }

    @Test
    void reclaimsByShares() {
        add(HIGH, 1, 2, 3);
        add(NORMAL, 11, 12);
        add(LOW, 21, 22);
        read("dead", 8, 3, 2);
        assertThat(ids(reclaim(Duration.ZERO, 1, 1, 1))).containsExactly(1L, 11L, 21L);
    }

    @Test
    void reclaimsMoreOfTheOthersWhereAShareCannotBeFilledAndNothingTwice() {
        add(HIGH, 1, 2);
        add(LOW, 21, 22, 23);
        read("dead", 8, 3, 3);
        assertThat(ids(reclaim(Duration.ZERO, 1, 2, 1))).containsExactly(1L, 21L, 2L, 22L);
    }

    @Test
    void handsBackInPlaceForTheNextToReclaim() {
        add(NORMAL, 11, 12);
        List<StreamEntry> taken = read("leaving", 0, 2, 0);

        await(index.handBack("leaving", taken.subList(0, 1)));

        assertThat(reclaim(LONG, 10, 10, 10)).isEqualTo(taken.subList(0, 1));
        assertThat(length(NORMAL)).isEqualTo(2);
    }

    @Test
    void keepsWhatIsRenewed() {
        add(NORMAL, 11);
        List<StreamEntry> taken = read("a", 0, 1, 0);
        await(index.handBack("a", taken));
        await(index.renew("a", taken));
        assertThat(reclaim(LONG, 10, 10, 10)).isEmpty();
    }

    @Test
    void doesNotBringAnAcknowledgedEntryBackByRenewingIt() {
        add(NORMAL, 11);
        List<StreamEntry> taken = read("a", 0, 1, 0);
        await(index.acknowledge(taken));
        await(index.renew("a", taken));
        assertThat(pending(NORMAL)).isZero();
    }

    @Test
    void keepsAConsumerThatStillHoldsEntriesAndDeletesItOtherwise() {
        add(HIGH, 1);
        List<StreamEntry> taken = read("a", 1, 0, 0);
        await(index.leave("a"));
        assertThat(consumers(HIGH)).containsExactly("a");
        assertThat(pending(HIGH)).isEqualTo(1);

        await(index.acknowledge(taken));
        await(index.leave("a"));

        assertThat(consumers(HIGH)).isEmpty();
    }

    @Test
    void leavesWithoutComplaintWhereThereIsNothingToLeave() {
        await(index.leave("never seen"));
        send(Command.FLUSHALL);
        await(index.leave("a"));
        add(HIGH, 1);
        await(index.leave("a"));
        assertThat(length(HIGH)).isEqualTo(1);
    }

    @Test
    void recognisesThatItsGroupsAreGone() {
        add(HIGH, 1);
        send(Command.FLUSHALL);
        add(HIGH, 2);
        List<Uni<?>> calls = List.of(
                index.read("a", Map.of(HIGH, 1, NORMAL, 1, LOW, 1)),
                index.reclaim("a", Duration.ZERO, Map.of(HIGH, 10)),
                DueIndex.readBlocking(redis, "a", Duration.ofSeconds(1)),
                index.renew("a", List.of(new StreamEntry(HIGH, "1-1", 1))));
        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(() -> await(call)).matches(DueIndex::isGroupMissing));
        assertThat(DueIndex.isGroupMissing(new IllegalStateException())).isFalse();
    }

    @Test
    void readsWhatWasAddedBeforeItsGroupsWereMadeAnew() {
        send(Command.FLUSHALL);
        add(HIGH, 1, 2);
        await(index.createGroups());
        await(index.createGroups());
        assertThat(ids(read("a", 2, 0, 0))).containsExactly(1L, 2L);
    }

    @Test
    void goesOnAfterRedisHasForgottenItsScripts() {
        add(HIGH, 1, 2);
        send(Command.SCRIPT, "FLUSH");
        List<StreamEntry> taken = read("a", 2, 0, 0);
        send(Command.SCRIPT, "FLUSH");
        assertThat(reclaim(Duration.ZERO, 10, 10, 10)).isEqualTo(taken);
        send(Command.SCRIPT, "FLUSH");
        await(index.acknowledge(taken));
        send(Command.SCRIPT, "FLUSH");
        await(index.leave("a"));
        assertThat(length(HIGH)).isZero();
    }

    @Test
    void acknowledgesWhatWasDeletedWhileItWasPending() {
        add(HIGH, 1, 2);
        List<StreamEntry> taken = read("dead", 2, 0, 0);
        send(Command.XDEL, StreamKeys.stream(HIGH), taken.getFirst().entryId());

        assertThat(reclaim(Duration.ZERO, 10, 10, 10)).isEqualTo(taken.subList(1, 2));

        assertThat(pending(HIGH)).isEqualTo(1);
    }

    @Test
    void takesJunkAsEntriesOfNoJobSoThatItIsAcknowledged() {
        List<Object[]> junk = List.of(
                new Object[] {"other", "thing"},
                new Object[] {"id", "abc"},
                new Object[] {"id", ""},
                new Object[] {"id", "99999999999999999999"},
                new Object[] {"id", "1.5"});
        for (Object[] fields : junk) {
            send(Command.XADD, StreamKeys.stream(LOW), "*", fields[0], fields[1]);
        }
        List<StreamEntry> read = read("a", 0, 0, 10);
        assertThat(ids(read)).hasSize(5).containsOnly(StreamEntry.NO_JOB);
        assertThat(reclaim(Duration.ZERO, 10, 10, 10)).isEqualTo(read);
        await(index.acknowledge(read));

        send(Command.XADD, StreamKeys.stream(HIGH), "*", "other", "thing");
        List<StreamEntry> waited = await(DueIndex.readBlocking(redis, "a", Duration.ofSeconds(5)));
        assertThat(ids(waited)).containsExactly(StreamEntry.NO_JOB);
    }

    @Test
    void isReachableWhileRedisAnswers() throws IOException {
        assertThat(await(index.isReachable())).isTrue();
        LocalRedis dying = LocalRedis.startBundled(RedisOptions.temporary());
        Redis client = Stores.connect(dying);
        DueIndex other = Stores.index(client);
        assertThat(await(other.isReachable())).isTrue();
        dying.close();
        assertThat(await(other.isReachable())).isFalse();
        client.close();
    }

    private void add(Priority priority, long... ids) {
        await(index.add(
                LongStream.of(ids).mapToObj(id -> new DueJob(id, priority)).toList()));
    }

    private List<StreamEntry> read(String consumer, int high, int normal, int low) {
        return await(index.read(consumer, Map.of(HIGH, high, NORMAL, normal, LOW, low)));
    }

    private List<StreamEntry> reclaim(Duration idle, int high, int normal, int low) {
        return await(index.reclaim("b", idle, Map.of(HIGH, high, NORMAL, normal, LOW, low)));
    }

    private static List<Long> ids(List<StreamEntry> entries) {
        return entries.stream().map(StreamEntry::jobId).toList();
    }

    private int length(Priority priority) {
        return send(Command.XLEN, StreamKeys.stream(priority)).toInteger();
    }

    private int pending(Priority priority) {
        return send(Command.XPENDING, StreamKeys.stream(priority), StreamKeys.GROUP)
                .get(0)
                .toInteger();
    }

    private List<String> holders(Priority priority) {
        List<String> holders = new ArrayList<>();
        for (Response holder : send(Command.XPENDING, StreamKeys.stream(priority), StreamKeys.GROUP)
                .get(3)) {
            holders.add(holder.get(0).toString());
        }
        return holders;
    }

    private List<String> consumers(Priority priority) {
        List<String> consumers = new ArrayList<>();
        for (Response consumer : send(Command.XINFO, "CONSUMERS", StreamKeys.stream(priority), StreamKeys.GROUP)) {
            consumers.add(consumer.get(1).toString());
        }
        return consumers;
    }

    private Response send(Command command, Object... arguments) {
        return Stores.send(redis, command, arguments);
    }
}
