package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.worker.system.Load.Pace;

/** The packaged services together, with commits on disk, under a load of real dialogues. */
@ExtendWith(Arena.class)
class WholeSystemIT {

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void remembersEveryDialogueOnce(int workers, RunningSystem system) throws Exception {
        ServiceProcess api = system.api();
        system.startWorkers(workers, Setup.PATIENT);
        Ledger ledger = new Ledger(system, "every-" + workers + "-");

        Load load = handIn(system, api, ledger, "every-" + workers + "-", Dialogues.count());
        load.await(Duration.ofMinutes(5));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(5), api);

        Report.row(
                "Real dialogues",
                "16 clients, " + workers + " worker(s), " + system.conditions(),
                "%d accepted within %.1f s, all remembered %.1f s after the first"
                        .formatted(ledger.size(), load.seconds(), ledger.secondsFromFirstToLast()));
        assertThat(balance.executedTwice()).isZero();
    }

    private static Load handIn(RunningSystem system, ServiceProcess api, Ledger ledger, String students, int count) {
        return Load.start(
                system,
                List.of(api),
                ledger,
                number -> Dialogues.session(students, number),
                count,
                Pace.asFastAsAccepted(16));
    }
}
