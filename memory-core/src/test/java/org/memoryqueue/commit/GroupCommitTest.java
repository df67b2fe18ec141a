package org.memoryqueue.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final Duration LINGER = Duration.ofMillis(2);
    private static final Duration GATHER = Duration.ofMillis(20);

    private final ManualLoop loop = new ManualLoop();
    private final List<Batch> batches = new ArrayList<>();

    /** A batch that has reached the store, which answers when the test says so. */
    private record Batch(List<String> requests, UniEmitter<? super List<String>> reply) {

        void succeed() {
            reply.complete(requests.stream().map(request -> request + "!").toList());
        }

        void fail(String why) {
            reply.fail(new IllegalStateException(why));
        }
    }

    @Test
    void waitsForOthersAsLongAsTheFirstRequestLingers() {
        GroupCommit<String, String> commits = groupCommit(10, 1, 100);
        CompletableFuture<String> first = submit(commits, "a");
        loop.pass(LINGER.dividedBy(2));
        CompletableFuture<String> second = submit(commits, "b");
        assertThat(batches).isEmpty();

        loop.pass(LINGER.dividedBy(2));

        assertThat(requests()).containsExactly(List.of("a", "b"));
        answer(0);
        assertThat(first).isCompletedWithValue("a!");
        assertThat(second).isCompletedWithValue("b!");
    }

    @Test
    void answersNobodyBeforeTheStoreHasAnswered() {
        CompletableFuture<String> answer = submit(groupCommit(1, 1, 100), "a");
        assertThat(requests()).containsExactly(List.of("a"));
        assertThat(answer).isNotDone();
    }

    @Test
    void lingersAnewAfterABatchHasLeft() {
        GroupCommit<String, String> commits = groupCommit(10, 4, 100);
        submitAll(commits, "a");
        loop.pass(LINGER);
        submitAll(commits, "b");
        assertThat(requests()).containsExactly(List.of("a"));
        loop.pass(LINGER);
        assertThat(requests()).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void sendsAFullBatchAtOnce() {
        GroupCommit<String, String> commits = groupCommit(3, 1, 100);
        submitAll(commits, "a", "b", "c");
        assertThat(requests()).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void hasNoMoreBatchesUnderWayThanAllowedAndGathersMeanwhile() {
        GroupCommit<String, String> commits = groupCommit(2, 2, 100);
        submitAll(commits, "a", "b", "c", "d", "e", "f", "g");
        loop.pass(LINGER);
        assertThat(requests()).containsExactly(List.of("a", "b"), List.of("c", "d"));

        answer(1);

        assertThat(requests()).containsExactly(List.of("a", "b"), List.of("c", "d"), List.of("e", "f"));
        answer(0);
        answer(2);
        assertThat(requests()).last().isEqualTo(List.of("g"));
    }

    @Test
    void gathersWhileHalfOfTheBatchesAreUnderWay() {
        GroupCommit<String, String> commits = groupCommit(10, 4, 100);
        submitAll(commits, "a");
        loop.pass(LINGER);
        submitAll(commits, "b");
        loop.pass(LINGER);
        submitAll(commits, "c");
        loop.pass(LINGER);
        submitAll(commits, "d");
        loop.pass(LINGER);
        assertThat(requests()).containsExactly(List.of("a"), List.of("b"));

        answer(0);

        assertThat(requests()).containsExactly(List.of("a"), List.of("b"), List.of("c", "d"));
    }

    @Test
    void gathersForAWhileOnlyBehindBatchesThatAreSlow() {
        GroupCommit<String, String> commits = groupCommit(10, 2, 100);
        submitAll(commits, "slow");
        loop.pass(LINGER);
        submitAll(commits, "a", "b");
        loop.pass(LINGER);
        assertThat(requests()).containsExactly(List.of("slow"));

        loop.pass(GATHER);

        assertThat(requests()).containsExactly(List.of("slow"), List.of("a", "b"));
        submitAll(commits, "beyond the limit");
        loop.pass(GATHER.multipliedBy(2));
        assertThat(requests()).hasSize(2);
    }

    @Test
    void refusesWhatWouldWaitBeyondTheLimit() {
        GroupCommit<String, String> commits = groupCommit(1, 1, 2);
        submitAll(commits, "under way");
        List<CompletableFuture<String>> waiting = submitAll(commits, "a", "b");

        CompletableFuture<String> refused = submit(commits, "one too many");

        assertThat(refused).isCompletedExceptionally();
        assertThat(refused.exceptionNow()).isInstanceOf(GroupCommitFullException.class);
        answer(0);
        CompletableFuture<String> later = submit(commits, "later");
        answer(1);
        answer(2);
        answer(3);
        assertThat(waiting).allSatisfy(answer -> assertThat(answer).isCompleted());
        assertThat(later).isCompletedWithValue("later!");
    }

    @Test
    void givesEveryRequestItsOwnResult() {
        GroupCommit<String, String> commits = groupCommit(50, 1, 100);
        List<String> requests = IntStream.range(0, 50).mapToObj(String::valueOf).toList();
        List<CompletableFuture<String>> answers =
                requests.stream().map(request -> submit(commits, request)).toList();
        answer(0);
        assertThat(answers.stream().map(CompletableFuture::join))
                .isEqualTo(requests.stream().map(request -> request + "!").toList());
    }

    @Test
    void failsABadRequestAloneAndStoresItsNeighbours() {
        GroupCommit<String, String> commits = groupCommit(3, 1, 100);
        List<CompletableFuture<String>> answers = submitAll(commits, "a", "bad", "c");

        batches.get(0).fail("content");
        loop.run();
        answer(1);
        batches.get(2).fail("content");
        loop.run();
        answer(3);

        assertThat(requests()).containsExactly(List.of("a", "bad", "c"), List.of("a"), List.of("bad"), List.of("c"));
        assertThat(answers.get(0)).isCompletedWithValue("a!");
        assertThat(answers.get(1)).isCompletedExceptionally();
        assertThat(answers.get(2)).isCompletedWithValue("c!");
    }

    @Test
    void triesRequestsOneByOneBeforeThoseThatCameLater() {
        GroupCommit<String, String> commits = groupCommit(2, 1, 100);
        submitAll(commits, "a", "b", "later", "still later");
        batches.get(0).fail("content");
        loop.run();
        answer(1);
        answer(2);
        assertThat(requests())
                .containsExactly(List.of("a", "b"), List.of("a"), List.of("b"), List.of("later", "still later"));
    }

    @Test
    void keepsTheLimitOfBatchesUnderWayWhileItTriesOneByOne() {
        GroupCommit<String, String> commits = groupCommit(3, 2, 100);
        submitAll(commits, "a", "b", "c");
        batches.get(0).fail("content");
        loop.run();
        assertThat(requests()).containsExactly(List.of("a", "b", "c"), List.of("a"), List.of("b"));
    }

    @Test
    void failsAllWhenTheStoreFailsAndTriesNothingTwice() {
        GroupCommit<String, String> commits = groupCommit(2, 1, 100);
        List<CompletableFuture<String>> answers = submitAll(commits, "a", "b");

        batches.get(0).fail("away");
        loop.run();

        assertThat(batches).hasSize(1);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.exceptionNow())
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("away"));
        submitAll(commits, "c", "d");
        assertThat(requests()).last().isEqualTo(List.of("c", "d"));
    }

    @Test
    void goesOnAfterAStoreThatThrows() {
        GroupCommit<String, String> commits = new GroupCommit<>(
                loop,
                new GroupCommit.Limits(LINGER, GATHER, 1, 1, 100),
                batch -> {
                    throw new IllegalStateException("broken");
                },
                failure -> false);
        assertThat(submit(commits, "a")).isCompletedExceptionally();
        assertThat(submit(commits, "b")).isCompletedExceptionally();
    }

    @Test
    void failsABatchForWhichResultsAreMissingRatherThanLeaveItWaiting() {
        GroupCommit<String, String> commits = groupCommit(2, 1, 100);
        List<CompletableFuture<String>> answers = submitAll(commits, "a", "b");

        batches.get(0).reply().complete(List.of("only one"));
        loop.run();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).isCompletedExceptionally());
        submitAll(commits, "c", "d");
        assertThat(requests()).last().isEqualTo(List.of("c", "d"));
    }

    private GroupCommit<String, String> groupCommit(int maxBatch, int maxInFlight, int maxWaiting) {
        return new GroupCommit<>(
                loop,
                new GroupCommit.Limits(LINGER, GATHER, maxBatch, maxInFlight, maxWaiting),
                requests -> Uni.createFrom().emitter(reply -> batches.add(new Batch(requests, reply))),
                failure -> "content".equals(failure.getMessage()));
    }

    private CompletableFuture<String> submit(GroupCommit<String, String> commits, String request) {
        CompletableFuture<String> answer = commits.submit(request).subscribeAsCompletionStage();
        loop.run();
        return answer;
    }

    private List<CompletableFuture<String>> submitAll(GroupCommit<String, String> commits, String... requests) {
        return List.of(requests).stream()
                .map(request -> submit(commits, request))
                .toList();
    }

    private void answer(int batch) {
        batches.get(batch).succeed();
        loop.run();
    }

    private List<List<String>> requests() {
        return batches.stream().map(Batch::requests).toList();
    }
}
