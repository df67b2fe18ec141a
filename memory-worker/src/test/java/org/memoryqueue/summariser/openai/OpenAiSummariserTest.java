package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.RejectedTranscriptException;
import org.memoryqueue.summariser.SummariserException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.testing.model.Call;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.worker.MigratedStores;

/** Over real HTTP. In Quarkus, since its REST client cannot be built outside; it shares the boot of the worker's test. */
@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
class OpenAiSummariserTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Event loops and carriers of the fake model's virtual threads: a few for each core, and none for a call. */
    private static final int MOST_MORE_THREADS = 50;

    private final FakeModel model = FakeModel.start();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void asksTheModelAndReturnsWhatItsAnswerProves() {
        reply(Reply.answer("```json\n" + Talk.ANSWER + "\n```"));

        Summary summary = summarise(summariser());

        assertThat(summary.generator()).isEqualTo("openai/2 test/model 127.0.0.1");
        assertThat(summary.keyTopics()).containsExactly("adding fraction");
        assertThat(summary.evidence()).hasSize(3);
        Call call = calls.getFirst();
        assertThat(call.requestLine()).isEqualTo("POST /v1/chat/completions HTTP/1.1");
        assertThat(call.headers())
                .containsEntry("authorization", "Bearer sk-secret")
                .containsEntry("content-type", "application/json");
        assertThat(call.body().get("model").textValue()).isEqualTo("test/model");
        assertThat(call.userMessage()).contains("6. So it is 3/6 + 2/6 = 5/6");
    }

    @Test
    void tellsAWrongKeyFromAnOutage() {
        reply(Reply.status(401));

        SummariserUnavailableException failure = fail(summariser(), SummariserUnavailableException.class);

        assertThat(failure).hasMessage("the model answered with status 401").hasNoCause();
        assertThat(failure.isConfiguration()).isTrue();
    }

    @Test
    void tellsTheTimeThatTheModelWantsToBeLeftAlone() {
        reply(Reply.tooManyRequests(Duration.ofSeconds(17)));

        SummariserUnavailableException failure = fail(summariser(), SummariserUnavailableException.class);

        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(failure.canHeal()).isFalse();
    }

    @Test
    void letsAnErrorOfTheServerHeal() {
        reply(Reply.status(500));

        SummariserUnavailableException failure = fail(summariser(), SummariserUnavailableException.class);

        assertThat(failure.status()).hasValue(500);
        assertThat(failure.canHeal()).isTrue();
    }

    @Test
    void takesABadRequestForAMatterOfThisTranscript() {
        reply(Reply.status(400));

        assertThat(fail(summariser(), RejectedTranscriptException.class))
                .hasMessage("the model answered with status 400");
    }

    @Test
    void refusesGarbageAndRepeatsNoneOfIt() {
        reply(Reply.garbage());
        assertThat(fail(summariser(), InvalidAnswerException.class))
                .hasMessage("the answer of the model is no JSON object")
                .hasNoCause();

        reply(Reply.invalidSchema());
        assertThat(fail(summariser(), InvalidAnswerException.class))
                .hasMessage("the answer of the model breaks its schema: answer lacks a property");
    }

    @Test
    void takesAResponseThatIsNoCompletionForNoAnswerOfAModel() {
        reply(Reply.json(""));
        assertThat(fail(summariser(), SummariserUnavailableException.class).canHeal())
                .isTrue();

        reply(Reply.json("{\"status\": \"ok\"}"));
        assertThat(fail(summariser(), SummariserUnavailableException.class).isConfiguration())
                .isTrue();
    }

    @Test
    void takesAModelThatTheProviderDoesNotKnowForAWrongSetting() {
        reply(new Reply.Response(
                400, Map.of(), "{\"error\": {\"message\": \"no secret\", \"code\": \"model_not_found\"}}"));

        assertThat(fail(summariser(), SummariserUnavailableException.class).isConfiguration())
                .isTrue();
    }

    @Test
    void refusesAnAnswerInAnotherLanguageOrWithThoughts() {
        reply(Reply.answer(Talk.ANSWER.replaceAll(
                "The student added fractions.|From a wrong habit to a right answer.",
                "Die Schülerin hat gezeigt, dass sie mit dem gemeinsamen Nenner auch ohne Hilfe rechnen kann.")));
        assertThat(fail(summariser(), InvalidAnswerException.class)).hasMessageContaining("language");

        reply(Reply.answer(Talk.ANSWER.replace("Try 1/4", "<think>secret</think>Try 1/4")));
        assertThat(fail(summariser(), InvalidAnswerException.class)).hasMessageContaining("thoughts");
    }

    @Test
    void tellsOnceWhatEachCallHasUsedWhateverBecomesOfIt() {
        Map<Reply, Usage> expected = new LinkedHashMap<>();
        String usage = "{\"prompt_tokens\": 1200, \"completion_tokens\": 80, \"cost\": 0.0005}";
        Usage told = new Usage(1, 1_200, 80, new BigDecimal("0.000500000"));
        expected.put(Reply.answer(Talk.ANSWER, usage), told);
        expected.put(Reply.answer("nonsense", usage), told);
        expected.put(Reply.status(500), Usage.UNANSWERED);
        OpenAiSummariser summariser = summariser();

        expected.forEach((reply, used) -> {
            reply(reply);
            assertThat(used(summariser)).containsExactly(used);
        });
    }

    @Test
    void countsWhatTheModelMayHaveReadAlsoWhenNobodyWaitedForItsAnswer() {
        OpenAiSummariser impatient = summariser(Map.of("memory.llm.timeout", "1s", "memory.llm.price-input", "1"));
        for (Reply reply : List.of(Reply.hang(), Reply.halfBody(), Reply.json("not quite"))) {
            reply(reply);
            assertThat(used(impatient)).singleElement().satisfies(OpenAiSummariserTest::isOfAPromptAlone);
        }
        reply(Reply.answer(" ".repeat(200_000)));
        assertThat(used(summariser(Map.of("memory.llm.max-response-bytes", "1000", "memory.llm.price-input", "1"))))
                .singleElement()
                .satisfies(OpenAiSummariserTest::isOfAPromptAlone);

        reply(Reply.hang());
        List<Usage> seen = new CopyOnWriteArrayList<>();
        Cancellable call =
                subscribe(summariser(Map.of("memory.llm.price-input", "1")).summarise(Talk.FRACTIONS, noting(seen)));
        await().atMost(PATIENCE).until(() -> model.inFlight() == 1);
        call.cancel();
        assertThat(seen).singleElement().satisfies(OpenAiSummariserTest::isOfAPromptAlone);
    }

    private static void isOfAPromptAlone(Usage usage) {
        assertThat(usage.calls()).isEqualTo(1);
        assertThat(usage.promptTokens()).isBetween(1_000L, 10_000L);
        assertThat(usage.completionTokens()).isZero();
        assertThat(usage.cost().movePointRight(6)).isEqualByComparingTo(BigDecimal.valueOf(usage.promptTokens()));
    }

    @Test
    void countsNoTokensOfWhatNoModelHasRead() {
        reply(new Reply.Response(503, Map.of(), "sorry ".repeat(100_000)));
        assertThat(used(summariser(Map.of("memory.llm.max-response-bytes", "1000"))))
                .containsExactly(Usage.UNANSWERED);

        OpenAiSummariser summariser = summariser();
        model.close();
        assertThat(used(summariser)).containsExactly(Usage.UNANSWERED);
    }

    /** What the calls for one summary have used. */
    private static List<Usage> used(OpenAiSummariser summariser) {
        List<Usage> seen = new CopyOnWriteArrayList<>();
        summariser
                .summarise(Talk.FRACTIONS, noting(seen))
                .onItemOrFailure()
                .transform((summary, failure) -> true)
                .await()
                .atMost(PATIENCE);
        return seen;
    }

    @Test
    void reckonsWhatACallHasUsedWhereTheServerDoesNotSay() {
        reply(Reply.answer(Talk.ANSWER));
        List<Usage> seen = new CopyOnWriteArrayList<>();

        summariser(Map.of("memory.llm.price-input", "1", "memory.llm.price-output", "10"))
                .summarise(Talk.FRACTIONS, noting(seen))
                .await()
                .atMost(PATIENCE);

        assertThat(seen).singleElement().satisfies(usage -> {
            assertThat(usage.promptTokens()).isBetween(1_000L, 10_000L);
            assertThat(usage.completionTokens()).isBetween(100L, 1_000L);
            assertThat(usage.cost().movePointRight(6))
                    .isEqualByComparingTo(BigDecimal.valueOf(usage.promptTokens() + 10 * usage.completionTokens()));
        });
    }

    @Test
    void takesAWebPageForAWrongAddress() {
        reply(new Reply.Response(200, Map.of("Content-Type", "text/html; charset=utf-8"), "<html>Welcome</html>"));

        assertThat(fail(summariser(), SummariserUnavailableException.class).isConfiguration())
                .isTrue();
    }

    @Test
    void failsInTimeWhenTheModelIsSilentAndGivesItsConnectionUp() {
        reply(Reply.hang());

        SummariserUnavailableException failure =
                fail(summariser(Map.of("memory.llm.timeout", "2s")), SummariserUnavailableException.class);

        assertThat(failure).hasMessage("the model did not answer in time");
        assertThat(failure.canHeal()).isTrue();
        await().atMost(PATIENCE).until(() -> model.closedByClient() == 1 && model.inFlight() == 0);
    }

    @Test
    void failsInTimeWhenTheResponseOnlyTricklesIn() {
        reply(new Reply.Drip(Duration.ofMillis(50), Reply.answer(Talk.ANSWER)));

        assertThat(fail(summariser(Map.of("memory.llm.timeout", "2s")), SummariserUnavailableException.class))
                .hasMessage("the model did not answer in time");
        await().atMost(PATIENCE).until(() -> model.closedByClient() == 1);
    }

    @Test
    void letsABrokenConnectionHeal() {
        reply(Reply.halfBody());

        SummariserUnavailableException failure = fail(summariser(), SummariserUnavailableException.class);

        assertThat(failure).hasMessage("the model cannot be reached");
        assertThat(failure.canHeal()).isTrue();
        assertThat(failure.status()).isEmpty();
    }

    @Test
    void letsAServerThatIsNotThereHealAndFindsItWhenItIsBack() {
        OpenAiSummariser summariser = summariser();
        model.close();

        SummariserUnavailableException failure = fail(summariser, SummariserUnavailableException.class);

        assertThat(failure).hasMessage("the model cannot be reached");
        assertThat(failure.canHeal()).isTrue();
        try (FakeModel back = FakeModel.start(model.port())) {
            assertThat(summarise(summariser).conversationSummary()).isNotBlank();
            assertThat(back.calls()).isEqualTo(1);
        }
    }

    @Test
    void doesNotReadAnEndlessResponse() {
        reply(Reply.answer(" ".repeat(200_000) + Talk.ANSWER));
        assertThat(summarise(summariser())).isNotNull();

        OpenAiSummariser bounded = summariser(Map.of("memory.llm.max-response-bytes", "100000"));
        assertThat(fail(bounded, InvalidAnswerException.class))
                .hasMessage("the response of the model is longer than it may be");

        reply(new Reply.Response(503, Map.of("Retry-After", "7"), "sorry ".repeat(100_000)));
        assertThat(fail(bounded, SummariserUnavailableException.class).retryAfter())
                .contains(Duration.ofSeconds(7));
    }

    @Test
    void followsNoRedirectWithItsKey() {
        reply(new Reply.Response(307, Map.of("Location", model.baseUrl() + "/elsewhere"), ""));

        assertThat(fail(summariser(), SummariserUnavailableException.class).isConfiguration())
                .isTrue();
        assertThat(model.calls()).isEqualTo(1);
    }

    @Test
    void abortsTheRequestWhenTheSummaryIsNotWantedAnyMore() {
        reply(Reply.hang());
        Cancellable call = subscribe(summariser().summarise(Talk.FRACTIONS));
        await().atMost(PATIENCE).until(() -> model.inFlight() == 1);

        call.cancel();

        await().atMost(PATIENCE).until(() -> model.closedByClient() == 1 && model.inFlight() == 0);
    }

    @Test
    void hasAThousandCallsInFlightOnAFewThreads() {
        int calls = 1_000;
        OpenAiSummariser summariser = summariser();
        summarise(summariser);
        CountDownLatch notYetInFlight = new CountDownLatch(calls);
        model.reply(call -> {
            notYetInFlight.countDown();
            awaitAll(notYetInFlight);
            return Reply.answer(Talk.ANSWER);
        });
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        threads.resetPeakThreadCount();
        int before = threads.getThreadCount();

        List<Uni<Summary>> summaries = IntStream.range(0, calls)
                .mapToObj(i -> summariser.summarise(Talk.FRACTIONS))
                .toList();
        List<Summary> made = Uni.join().all(summaries).andFailFast().await().atMost(PATIENCE);

        assertThat(made)
                .hasSize(calls)
                .allSatisfy(summary -> assertThat(summary.evidence()).hasSize(3));
        assertThat(model.mostInFlight()).isEqualTo(calls);
        assertThat(model.calls()).isEqualTo(calls + 1L);
        System.out.printf(
                "In flight at once: %d calls; threads before %d, at most %d%n",
                model.mostInFlight(), before, threads.getPeakThreadCount());
        assertThat(threads.getPeakThreadCount() - before).isLessThan(MOST_MORE_THREADS);
    }

    private static void awaitAll(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void abortsAThousandCallsInFlight() {
        reply(Reply.hang());
        OpenAiSummariser summariser = summariser();
        List<Cancellable> hanging = IntStream.range(0, 1_000)
                .mapToObj(i -> subscribe(summariser.summarise(Talk.FRACTIONS)))
                .toList();
        await().atMost(PATIENCE).until(() -> model.inFlight() == 1_000);

        hanging.forEach(Cancellable::cancel);

        await().atMost(PATIENCE).until(() -> model.closedByClient() == 1_000);
        reply(Reply.summary());
        assertThat(summarise(summariser)).isNotNull();
    }

    @Test
    void usesAConnectionAgain() {
        OpenAiSummariser summariser = summariser();
        for (int i = 0; i < 20; i++) {
            summarise(summariser);
        }

        assertThat(model.calls()).isEqualTo(20);
        assertThat(model.connections()).isEqualTo(1);
    }

    private void reply(Reply reply) {
        model.reply(call -> {
            calls.add(call);
            return reply;
        });
    }

    private OpenAiSummariser summariser() {
        return summariser(Map.of());
    }

    private OpenAiSummariser summariser(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "memory.llm.base-url", model.baseUrl(),
                "memory.llm.api-key", "sk-secret",
                "memory.llm.model", "test/model"));
        settings.putAll(more);
        return OpenAiSummariser.of(Settings.of(settings)).orElseThrow();
    }

    private static Summary summarise(OpenAiSummariser summariser) {
        return summariser.summarise(Talk.FRACTIONS).await().atMost(PATIENCE);
    }

    private static Calls noting(List<Usage> seen) {
        return new Calls() {

            @Override
            public <T> Uni<T> make(Supplier<Uni<T>> call) {
                return call.get();
            }

            @Override
            public void used(Usage usage) {
                seen.add(usage);
            }
        };
    }

    private static Cancellable subscribe(Uni<Summary> summary) {
        return summary.subscribe().with(done -> {}, failure -> {});
    }

    private static <E extends SummariserException> E fail(OpenAiSummariser summariser, Class<E> as) {
        Throwable failure = summariser
                .summarise(Talk.FRACTIONS)
                .<Throwable>map(summary -> new AssertionError("There is a summary"))
                .onFailure()
                .recoverWithItem(thrown -> thrown)
                .await()
                .atMost(PATIENCE);
        assertThat(failure).isInstanceOf(as);
        assertThat(failure.toString() + failure.getCause()).doesNotContain("secret", "bottoms");
        return as.cast(failure);
    }
}
