package org.memoryqueue.summariser.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.memory.Evidence;
import org.memoryqueue.memory.Evidence.Kind;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.summariser.Calls;
import org.memoryqueue.summariser.InvalidAnswerException;
import org.memoryqueue.summariser.SummariserUnavailableException;
import org.memoryqueue.testing.model.Call;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.PartAnswers;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Transcript;
import org.memoryqueue.usage.Usage;
import org.memoryqueue.worker.MigratedStores;

/** Transcripts that do not fit into one prompt, over real HTTP. */
@QuarkusTest
@QuarkusTestResource(MigratedStores.class)
class LongTranscriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_TOKENS = 9_000;
    private static final int MESSAGES = 40;

    /** With a system message at the head, whose index counts; the words of each message are its own. */
    private static final Transcript LONG = Talk.of(IntStream.range(0, MESSAGES)
            .mapToObj(i -> i == 0
                    ? new Message("system", "Be kind.")
                    : new Message(i % 2 == 1 ? "user" : "assistant", ("Saying number " + i + ". ").repeat(150)))
            .toArray(Message[]::new));

    private final FakeModel model = FakeModel.start();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger used = new AtomicInteger();

    @AfterEach
    void stop() {
        model.close();
    }

    @Test
    void isSummarisedInPartsWhoseFindingsArePutTogether() {
        reply(PartAnswers::to);

        Summary summary = summarise(LONG);

        int parts = parts();
        assertThat(parts).isGreaterThan(3);
        assertThat(calls).as("each part once, and their notes once").hasSize(parts + 1);
        assertThat(used).hasValue(parts + 1);
        assertThat(summary.conversationSummary()).isEqualTo("The student and the tutor talked for long.");
        assertThat(summary.insights().progress()).isEqualTo("From the first to the last.");
        assertThat(summary.insights().understood())
                .isEqualTo(IntStream.rangeClosed(1, parts)
                        .mapToObj(part -> "Knows " + part + ".")
                        .toList());
        assertThat(summary.insights().struggling()).as("said by each part").containsExactly("Struggles.");
        assertThat(summary.keyTopics()).startsWith("fraction", "topic 1").hasSize(parts + 1);
        assertThat(summary.observations()).containsExactly(new Observation("fractions", parts, 0, 0));
        assertThat(summary.evidence()).allSatisfy(LongTranscriptTest::stands);
        assertThat(summary.evidence())
                .filteredOn(evidence -> evidence.kind() == Kind.UNDERSTOOD)
                .extracting(Evidence::messageIndex)
                .doesNotHaveDuplicates();
    }

    private static void stands(Evidence evidence) {
        assertThat(LONG.messages().get(evidence.messageIndex()).content()).contains(evidence.quote());
        assertThat(evidence.quote()).contains("number " + evidence.messageIndex() + ".");
    }

    @Test
    void isShownWholeAndOnceAndNeverBeyondWhatAPromptMayHave() {
        reply(PartAnswers::to);

        summarise(LONG);

        String shown = String.join("\n", calls.stream().map(Call::userMessage).toList());
        LONG.messages().stream().skip(1).forEach(message -> assertThat(shown).containsOnlyOnce(message.content()));
        assertThat(calls)
                .allSatisfy(call -> assertThat(TokenEstimate.of(call.systemMessage())
                                + TokenEstimate.of(call.userMessage())
                                + TokenEstimate.of(call.body()
                                        .at("/response_format/json_schema/schema")
                                        .toString()))
                        .isLessThanOrEqualTo(MOST_TOKENS));
    }

    @Test
    void hasAHugeMessageCutIntoPiecesThatKeepItsIndex() {
        reply(PartAnswers::to);
        Transcript huge = Talk.of(
                new Message("assistant", "Tell me."),
                new Message(
                        "user",
                        IntStream.range(0, 4_000)
                                .mapToObj(i -> "thought " + i + ", ")
                                .reduce("", String::concat)));

        Summary summary = summarise(huge);

        assertThat(parts()).isGreaterThan(1);
        assertThat(summary.evidence()).isNotEmpty().allSatisfy(evidence -> {
            assertThat(evidence.messageIndex()).isEqualTo(1);
            assertThat(huge.messages().get(1).content()).contains(evidence.quote());
        });
    }

    @Test
    void hasOnlyThePartAskedAgainThatFailed() {
        AtomicInteger troubles = new AtomicInteger();
        reply(call -> PartAnswers.part(call) == 2 && troubles.incrementAndGet() <= 2
                ? troubles.get() == 1 ? Reply.garbage() : Reply.status(500)
                : PartAnswers.to(call));

        assertThat(summarise(LONG).insights().understood()).hasSize(parts());

        assertThat(calls).hasSize(parts() + 1 + 2);
    }

    @Test
    void failsWithTheReasonWhenAPartStaysInvalidAndTheOtherCallsAreAborted() {
        reply(call -> switch (PartAnswers.part(call)) {
            case 1 -> PartAnswers.to(call);
            case 2 -> Reply.after(Duration.ofMillis(300), Reply.garbage());
            default -> Reply.hang();
        });

        assertThat(fail(LONG, Map.of("memory.llm.parts-at-once", "3"), InvalidAnswerException.class))
                .hasMessage("the answer of the model is no JSON object");

        await().atMost(PATIENCE).until(() -> model.inFlight() == 0);
        assertThat(model.closedByClient()).isBetween(1L, 2L);
        assertThat(calls.stream().filter(call -> PartAnswers.part(call) == 2)).hasSize(Retrying.TRIES);
        assertThat(calls).as("no other was begun").hasSizeLessThanOrEqualTo(1 + Retrying.TRIES + 2);
    }

    @Test
    void hasNoOtherPartAskedAboutBeforeTheFirstHasSucceeded() {
        reply(call -> Reply.after(Duration.ofMillis(300), Reply.tooManyRequests(Duration.ofSeconds(9))));

        fail(LONG, Map.of("memory.llm.parts-at-once", "3"), SummariserUnavailableException.class);

        assertThat(calls)
                .singleElement()
                .satisfies(call -> assertThat(PartAnswers.part(call)).isEqualTo(1));
    }

    @Test
    void isAnOutageWhenThePartsOrTheirMergeMeetOne() {
        reply(call ->
                PartAnswers.part(call) == 3 ? Reply.tooManyRequests(Duration.ofSeconds(9)) : PartAnswers.to(call));
        assertThat(fail(LONG, Map.of(), SummariserUnavailableException.class).retryAfter())
                .contains(Duration.ofSeconds(9));

        reply(call -> PartAnswers.isMerge(call) ? Reply.hang() : PartAnswers.to(call));
        assertThat(fail(LONG, Map.of("memory.llm.timeout", "1s"), SummariserUnavailableException.class))
                .hasMessage("the model did not answer in time");
    }

    @Test
    void hasNoMorePartsAskedAboutAtOnceThanItMay() {
        reply(call -> Reply.after(Duration.ofMillis(50), PartAnswers.to(call)));

        summarise(LONG, Map.of("memory.llm.parts-at-once", "2"));

        assertThat(model.mostInFlight()).isEqualTo(2);
    }

    @Test
    void isMergedInRoundsWhenTheNotesDoNotFitIntoOnePrompt() {
        String atLength = "The student and the tutor talked. ".repeat(110);
        reply(call -> PartAnswers.isMerge(call)
                ? Reply.answer(PartAnswers.narrative(atLength.strip()))
                : Reply.answer(PartAnswers.narrative(atLength.strip())
                        .replaceFirst(
                                "\\{",
                                "{\"topics\": [], \"understood\": [], \"struggling\": [], \"observations\": [], ")));

        Summary summary = summarise(LONG, Map.of("memory.llm.max-prompt-tokens", "8000"));

        long merges = calls.stream().filter(PartAnswers::isMerge).count();
        assertThat(merges).isGreaterThan(1).isLessThan(parts());
        assertThat(summary.conversationSummary()).isEqualTo(atLength.strip());
        assertThat(calls)
                .allSatisfy(
                        call -> assertThat(TokenEstimate.of(call.userMessage())).isLessThan(8_000));
    }

    private int parts() {
        return calls.stream().mapToInt(PartAnswers::part).max().orElse(0);
    }

    private void reply(Function<Call, Reply> plan) {
        model.reply(call -> {
            calls.add(call);
            return plan.apply(call);
        });
    }

    private Summary summarise(Transcript transcript) {
        return summarise(transcript, Map.of());
    }

    private Summary summarise(Transcript transcript, Map<String, String> settings) {
        return summariser(settings)
                .summarise(transcript, new Retrying())
                .await()
                .atMost(PATIENCE);
    }

    private <E extends Throwable> E fail(Transcript transcript, Map<String, String> settings, Class<E> as) {
        Throwable failure = summariser(settings)
                .summarise(transcript, new Retrying())
                .<Throwable>map(summary -> new AssertionError("There is a summary"))
                .onFailure()
                .recoverWithItem(thrown -> thrown)
                .await()
                .atMost(PATIENCE);
        assertThat(failure).isInstanceOf(as);
        return as.cast(failure);
    }

    private OpenAiSummariser summariser(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "memory.llm.base-url", model.baseUrl(),
                "memory.llm.api-key", "sk-secret",
                "memory.llm.max-prompt-tokens", String.valueOf(MOST_TOKENS)));
        settings.putAll(more);
        return OpenAiSummariser.of(Settings.of(settings)).orElseThrow();
    }

    /** Tries each call three times, as the worker does, but at once; what names a time to wait is not tried again. */
    private final class Retrying implements Calls {

        static final int TRIES = 3;

        @Override
        public <T> Uni<T> make(Supplier<Uni<T>> call) {
            return Uni.createFrom()
                    .deferred(call::get)
                    .onFailure(failure -> failure instanceof InvalidAnswerException
                            || failure instanceof SummariserUnavailableException away && away.canHeal())
                    .retry()
                    .atMost(TRIES - 1);
        }

        @Override
        public void used(Usage usage) {
            used.addAndGet((int) usage.calls());
        }
    }
}
