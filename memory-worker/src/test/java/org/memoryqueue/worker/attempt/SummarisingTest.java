package org.memoryqueue.worker.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.job.Priority;
import org.memoryqueue.lease.Lease;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.summariser.openai.OpenAiSummariser;
import org.memoryqueue.summariser.openai.Settings;
import org.memoryqueue.testing.model.Call;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.PartAnswers;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;
import org.memoryqueue.worker.MigratedStores;
import org.memoryqueue.worker.usage.UsageAccount;

/** The language model behind retry, timeout and circuit breaker as they are in a worker. */
@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
class SummarisingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Event loops, timers, and carriers of the fake model's virtual threads: none for a call. */
    private static final int MOST_MORE_THREADS = 50;

    /** As many calls as make the breaker judge. */
    private static final int MANY = 10;

    private static final Transcript LONG = transcript(IntStream.range(0, 30)
            .mapToObj(i -> new Message(i % 2 == 0 ? "user" : "assistant", ("Saying number " + i + ". ").repeat(150)))
            .toList());

    @Inject
    SummarisingCall site;

    @Inject
    UsageAccount account;

    @Inject
    CircuitBreakerMaintenance breakers;

    @Inject
    Pool pool;

    private final FakeModel model = FakeModel.start();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final long jobId = ThreadLocalRandom.current().nextLong(Long.MAX_VALUE);

    @AfterEach
    void stop() {
        model.close();
        breakers.resetAll();
    }

    @Test
    void asksAgainForAnInvalidAnswerAndTakesAValidOne() {
        reply(call -> calls.size() == 1 ? Reply.garbage() : Reply.summary());

        assertThat(summarise(LONG.messages().subList(0, 2))).isInstanceOf(Summary.class);

        assertThat(calls).hasSize(2);
    }

    @Test
    void failsWithTheReasonAfterThreeInvalidAnswersAndTheModelDoesNotCountAsAway() {
        reply(call -> Reply.answer("{\"summary\": \"<think>"));

        assertThat(summarise(LONG.messages().subList(0, 2)))
                .isInstanceOf(InvalidAnswerException.class)
                .hasToString(InvalidAnswerException.class.getName() + ": the answer of the model is no JSON object");

        assertThat(calls).hasSize(3);
        assertThat(breakers.currentState(SummarisingCall.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void asksOnlyForThePartOfALongTranscriptAgainThatFailed() {
        int[] troubles = {0};
        reply(call -> PartAnswers.part(call) == 2 && troubles[0]++ == 0 ? Reply.status(503) : PartAnswers.to(call));

        assertThat(summarise(LONG.messages()))
                .isInstanceOfSatisfying(
                        Summary.class,
                        summary -> assertThat(summary.insights().understood()).hasSizeGreaterThan(2));

        int parts = calls.stream().mapToInt(PartAnswers::part).max().orElse(0);
        assertThat(calls).hasSize(parts + 1 + 1);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(callsOfJob()).isEqualTo(calls.size()));
    }

    @Test
    void comesAStepForwardWithEachPart() {
        reply(PartAnswers::to);
        HeldJob job = job(jobId, LONG.messages());
        ManualTimers timers = new ManualTimers();

        new StepDeadline(Duration.ofMinutes(4), timers)
                .hold(job, new Summarising(summariser(), site, account).summarise(job))
                .await()
                .atMost(PATIENCE);

        assertThat(timers.set()).isGreaterThan(2);
        assertThat(timers.running()).isZero();
        timers.shutdownNow();
    }

    @Test
    void asksForNothingMoreWhenAPartIsToldToWait() {
        reply(call -> switch (PartAnswers.part(call)) {
            case 1 -> PartAnswers.to(call);
            case 2 -> Reply.after(Duration.ofMillis(300), Reply.tooManyRequests(Duration.ofSeconds(11)));
            default -> Reply.hang();
        });

        assertThat(summarise(LONG.messages()))
                .isInstanceOfSatisfying(
                        SummariserUnavailableException.class,
                        away -> assertThat(away.retryAfter()).contains(Duration.ofSeconds(11)));

        Awaitility.await().atMost(PATIENCE).until(() -> model.inFlight() == 0);
        assertThat(calls).as("three at once after the first").hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void doesNotTakeForBackWhatALongTranscriptFindsStillAway() {
        halfOpenTheBreaker();
        reply(call -> Reply.hang());

        assertThat(summarise(LONG.messages(), summariser("1s"))).isInstanceOf(CircuitBreakerOpenException.class);

        assertThat(calls).hasSize(1);
        assertThat(breakers.currentState(SummarisingCall.BREAKER)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void doesNotTakeForBackWhatACallThatIsCalledOffSaysNothingOf() {
        halfOpenTheBreaker();
        reply(call -> Reply.hang());
        HeldJob job = job(jobId, LONG.messages());
        CompletableFuture<Object> end = new CompletableFuture<>();
        result(job, summariser()).subscribe().with(end::complete);
        Awaitility.await().atMost(PATIENCE).until(() -> model.inFlight() == 1);

        job.callOff(HeldJob.CallOff.NOT_OURS);

        Awaitility.await().atMost(PATIENCE).until(end::isDone);
        assertThat(end).isCompletedWithValueMatching(CalledOffException.class::isInstance);
        assertThat(breakers.currentState(SummarisingCall.BREAKER)).isEqualTo(CircuitBreakerState.OPEN);
    }

    @Test
    void summarisesALongTranscriptAtOnceWhenTheModelIsBack() {
        halfOpenTheBreaker();
        reply(PartAnswers::to);

        assertThat(summarise(LONG.messages())).isInstanceOf(Summary.class);

        assertThat(breakers.currentState(SummarisingCall.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    @Test
    void doesNotTakeForAwayWhatCallsThatAreCalledOffSayNothingOf() {
        reply(call -> Reply.hang());
        List<HeldJob> jobs = IntStream.range(0, MANY)
                .mapToObj(i -> job(i, LONG.messages().subList(0, 2)))
                .toList();
        List<CompletableFuture<Object>> ends = jobs.stream()
                .map(job -> result(job, summariser()).subscribeAsCompletionStage())
                .toList();
        Awaitility.await().atMost(PATIENCE).until(() -> model.inFlight() == MANY);

        jobs.forEach(job -> job.callOff(HeldJob.CallOff.ENDED));

        Awaitility.await().atMost(PATIENCE).until(() -> ends.stream().allMatch(CompletableFuture::isDone));
        assertThat(breakers.currentState(SummarisingCall.BREAKER)).isEqualTo(CircuitBreakerState.CLOSED);
    }

    private void halfOpenTheBreaker() {
        reply(call -> Reply.status(500));
        OpenAiSummariser summariser = summariser();
        List<CompletableFuture<Object>> ends = IntStream.range(0, MANY)
                .mapToObj(i -> result(job(i, LONG.messages().subList(0, 2)), summariser)
                        .subscribeAsCompletionStage())
                .toList();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ends.stream().allMatch(CompletableFuture::isDone)
                        && breakers.currentState(SummarisingCall.BREAKER) == CircuitBreakerState.HALF_OPEN);
        calls.clear();
    }

    @Test
    void hasAThousandCallsInFlightOnAFewThreads() {
        int jobs = 1_000;
        CountDownLatch notYetInFlight = new CountDownLatch(jobs);
        model.reply(call -> {
            notYetInFlight.countDown();
            awaitAll(notYetInFlight);
            return Reply.summary();
        });
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        int before = threads.getThreadCount();

        Summarising summarising = new Summarising(summariser(), site, account);
        List<Uni<Summary>> summaries = IntStream.range(0, jobs)
                .mapToObj(i -> summarising.summarise(job(i, LONG.messages().subList(0, 2))))
                .toList();
        assertThat(Uni.join().all(summaries).andFailFast().await().atMost(PATIENCE))
                .hasSize(jobs);

        assertThat(model.mostInFlight()).isEqualTo(jobs);
        assertThat(threads.getPeakThreadCount() - before).isLessThan(MOST_MORE_THREADS);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void reply(Function<Call, Reply> plan) {
        model.reply(call -> {
            calls.add(call);
            return plan.apply(call);
        });
    }

    /** The summary, or why there is none. */
    private Object summarise(List<Message> messages) {
        return summarise(messages, summariser());
    }

    private Object summarise(List<Message> messages, OpenAiSummariser summariser) {
        return result(job(jobId, messages), summariser).await().atMost(PATIENCE);
    }

    private Uni<Object> result(HeldJob job, OpenAiSummariser summariser) {
        return new Summarising(summariser, site, account)
                .summarise(job)
                .<Object>map(summary -> summary)
                .onFailure()
                .recoverWithItem(failure -> failure);
    }

    private static HeldJob job(long id, List<Message> messages) {
        return new HeldJob(new Lease(id, 1, Priority.NORMAL, 1, 1, Instant.EPOCH, transcript(messages)), null, false);
    }

    private OpenAiSummariser summariser() {
        return summariser("55s");
    }

    private OpenAiSummariser summariser(String timeout) {
        return OpenAiSummariser.of(Settings.of(Map.of(
                        "memory.llm.base-url", model.baseUrl(),
                        "memory.llm.api-key", "k",
                        "memory.llm.parts-at-once", "3",
                        "memory.llm.timeout", timeout,
                        "memory.llm.max-prompt-tokens", "9000")))
                .orElseThrow();
    }

    private long callsOfJob() {
        var rows = pool.preparedQuery("SELECT calls FROM memory.llm_usage_of_job WHERE job_id = $1")
                .execute(Tuple.of(jobId))
                .await()
                .atMost(PATIENCE);
        return rows.size() == 0 ? 0 : rows.iterator().next().getLong("calls");
    }

    private static Transcript transcript(List<Message> messages) {
        return new Transcript(new Session("ada", "tutor", "room", Instant.EPOCH), messages);
    }
}
