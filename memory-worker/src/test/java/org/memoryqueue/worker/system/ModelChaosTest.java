package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.worker.system.Load.Pace;

/** A model that is away, or that answers nonsense. */
@ExtendWith(Arena.class)
class ModelChaosTest {

    private static final Duration AWAY_FOR = Size.of(Duration.ofSeconds(6), Duration.ofMinutes(2));
    private static final double LOW = 0.5;
    private static final double HIGH = 20;
    private static final Duration MODEL_TAKES = Duration.ofMillis(200);
    private static final String MARK = "nonsense-please";
    private static final int SESSIONS = Size.of(60, 500);

    /** In the small size a call is given up, and a job is tried again, within seconds. */
    private static final Setup SETUP =
            Size.of(Setup.PATIENT.with("MEMORY_LLM_TIMEOUT", "2s").with("MEMORY_OUTAGE_MAX_DELAY", "2s"), Setup.PLAIN);

    private static Stream<Arguments> outages() {
        Stream<Arguments> small = Stream.of(Arguments.of("nothing", Reply.hang(), LOW));
        Stream<Arguments> full = Stream.of(HIGH, LOW)
                .flatMap(traffic -> Stream.of(
                        Arguments.of("401", Reply.status(401), traffic),
                        Arguments.of("429", Reply.status(429), traffic),
                        Arguments.of("500", Reply.status(500), traffic),
                        Arguments.of("nothing", Reply.hang(), traffic)));
        return Size.of(small, full);
    }

    @ParameterizedTest
    @MethodSource("outages")
    void failsNoJobAndBurnsNoAttemptWhenTheModelIsAway(String name, Reply reply, double perSecond, RunningSystem system)
            throws Exception {
        try (FakeModel model = FakeModel.start()) {
            model.reply(Reply.after(MODEL_TAKES, Reply.summary()));
            system.startWorkers(2, SETUP.using(model));
            String students = "away-" + name + (perSecond == HIGH ? "-high-" : "-low-");
            Ledger ledger = new Ledger(system, students);
            Load load = Load.start(
                    system,
                    List.of(system.api()),
                    ledger,
                    number -> Dialogues.session(students, number),
                    Integer.MAX_VALUE,
                    new Pace(8, perSecond));
            await().atMost(Duration.ofSeconds(30)).until(() -> ledger.completed() > 0);

            long before = model.calls();
            model.reply(reply);
            LockSupport.parkNanos(AWAY_FOR.toNanos());
            long during = model.calls() - before;
            model.reply(Reply.after(MODEL_TAKES, Reply.summary()));
            long back = System.nanoTime();
            load.stop(Duration.ofMinutes(1));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(10), system.api());

            Report.row(
                    "10: the model answers " + name,
                    "for %d s, %.1f sessions a second, 2 workers, %s"
                            .formatted(AWAY_FOR.toSeconds(), perSecond, system.conditions()),
                    "%s, failed 0, attempts burned 0, calls meanwhile %d, drained %.1f s after it was back"
                            .formatted(balance, during, (System.nanoTime() - back) / 1e9));
            assertThat(ledger.jobs("attempts <> 1 OR lost_leases > 0"))
                    .as("jobs whose attempts were burned")
                    .isZero();
        }
    }

    @Test
    void failsEveryTenthJobThatItIsToldNonsenseAboutAndNoOther(RunningSystem system) throws Exception {
        try (FakeModel model = FakeModel.start()) {
            model.reply(call ->
                    Reply.after(MODEL_TAKES, call.userMessage().contains(MARK) ? Reply.garbage() : Reply.summary()));
            system.startWorkers(2, SETUP.using(model));
            Ledger ledger = new Ledger(system, "nonsense-");
            Load.start(
                            system,
                            List.of(system.api()),
                            ledger,
                            number -> everyTenthMarked(ledger, number),
                            SESSIONS,
                            Pace.asFastAsAccepted(16))
                    .await(Duration.ofMinutes(1));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(10), system.api());

            Report.row(
                    "10b: the model answers nonsense",
                    "to every tenth of %d jobs, 2 workers, %s".formatted(SESSIONS, system.conditions()),
                    balance + ", for the reason invalid_answer");
            assertThat(balance.failed()).isEqualTo(SESSIONS / 10);
        }
    }

    private static JsonNode everyTenthMarked(Ledger ledger, int number) {
        JsonNode session = Dialogues.session("nonsense-", number);
        if (number % 10 != 0) {
            return session;
        }
        JsonNode marked = Dialogues.marked(session, MARK);
        ledger.expectFailure(marked, "invalid_answer");
        return marked;
    }
}
