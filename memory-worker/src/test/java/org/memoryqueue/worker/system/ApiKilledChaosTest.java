package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** {@code kill -9} of the only API while it answers, and clients that send again what was not answered. */
@ExtendWith(Arena.class)
class ApiKilledChaosTest {

    private static final int KILLS = Size.of(2, 100);
    private static final int CLIENTS = 16;

    /** How many hand-ins a new API answers at most before it is killed. */
    private static final int LIVES_FOR = 200;

    private final Random random = new Random(2);

    @Test
    void everyAcknowledgementHasItsRowAndEveryRowEnds(RunningSystem system) throws Exception {
        ServiceProcess api = system.startApi(Setup.PLAIN);
        system.startWorker(Setup.PATIENT);
        Ledger ledger = new Ledger(system, "api-killed-");
        Load load = Load.start(
                system,
                List.of(api),
                ledger,
                number -> Dialogues.session("api-killed-", number),
                Integer.MAX_VALUE,
                Pace.asFastAsAccepted(CLIENTS));

        for (int kill = 0; kill < KILLS; kill++) {
            int goal = ledger.size() + 1 + random.nextInt(LIVES_FOR);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> ledger.size() >= goal);
            api.kill();
            api.restart();
        }
        load.stop(Duration.ofMinutes(1));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), api);

        Report.row(
                "2: kill -9 the API",
                "%d kills, %d clients as fast as accepted, %s".formatted(KILLS, CLIENTS, system.conditions()),
                "%s; hand-ins without an answer %d, a row for each acknowledgement".formatted(balance, load.broken()));
        assertThat(balance.executedTwice()).isZero();
    }
}
