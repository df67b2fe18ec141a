package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.worker.system.Load.Pace;

/** A job that kills its worker each time that it is worked on, among many others. */
@ExtendWith(Arena.class)
class PoisonChaosTest {

    private static final int OTHERS = Size.of(100, 500);
    private static final String POISON = "poisonous-words";
    private static final Duration MODEL_TAKES = Duration.ofMillis(300);

    @ParameterizedTest
    @ValueSource(strings = {"auto", "postgres"})
    void failsAloneAndAllItsNeighboursAreDone(String dispatch, RunningSystem system) throws Exception {
        AtomicInteger killed = new AtomicInteger();
        try (FakeModel model = FakeModel.start()) {
            Setup setup = Setup.PLAIN
                    .using(model)
                    .with("MEMORY_WORKER_CONCURRENCY", "10")
                    .with("MEMORY_QUEUE_DISPATCH", dispatch);
            List<ServiceProcess> workers = system.startWorkers(2, setup);
            String students = "poison-" + dispatch + "-";
            Ledger ledger = new Ledger(system, students);
            model.reply(call -> {
                if (!call.userMessage().contains(POISON)) {
                    return Reply.after(MODEL_TAKES, Reply.summary());
                }
                killed.incrementAndGet();
                Thread.startVirtualThread(() -> killWhoeverHoldsIt(system.database(), workers));
                return Reply.hang();
            });
            Load.start(
                            system,
                            List.of(system.api()),
                            ledger,
                            number -> session(ledger, students, number),
                            OTHERS + 1,
                            Pace.asFastAsAccepted(16))
                    .await(Duration.ofMinutes(1));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(10), system.api());

            Report.row(
                    "8: a job that kills its worker, dispatch " + dispatch,
                    "among %d others, 2 workers with 10 slots, %s".formatted(OTHERS, system.conditions()),
                    "%s, as poison after it had killed %d workers".formatted(balance, killed.get()));
            assertThat(killed.get()).as("workers killed").isLessThanOrEqualTo(4);
        }
    }

    private static JsonNode session(Ledger ledger, String students, int number) {
        JsonNode session = Dialogues.session(students, number);
        if (number != OTHERS / 2) {
            return session;
        }
        JsonNode poison = Dialogues.marked(session, POISON);
        ledger.expectFailure(poison, "poison");
        return poison;
    }

    /** As an orchestrator does, the test starts another in its place. */
    private static void killWhoeverHoldsIt(Database database, List<ServiceProcess> workers) {
        List<String> holders = database.rows(
                "SELECT lease_owner FROM memory.memory_job WHERE state = 'running' AND messages::text LIKE '%" + POISON
                        + "%'",
                row -> row.getString(1));
        for (ServiceProcess worker : workers) {
            if (holders.stream().anyMatch(holder -> holder.contains("-" + worker.pid() + "-"))) {
                worker.kill();
                try {
                    worker.relaunch();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
