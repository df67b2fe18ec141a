package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** Each worker and each API replaced in turn, by SIGTERM, as a rollout does it, under load. */
@ExtendWith(Arena.class)
class RollingRestartsChaosTest {

    private static final int ROUNDS = Size.of(1, 20);
    private static final double PER_SECOND = 40;
    private static final Duration WIRE = Duration.ofMillis(10);

    /** What memory.worker.shutdown-grace allows, and what it takes to say goodbye. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    @Test
    void executesNothingTwiceAndEndsInTime(RunningSystem system) throws Exception {
        try (SlowWire wire = new SlowWire(system.postgres().port(), WIRE)) {
            ServiceProcess api = system.startApi(Setup.PLAIN);
            List<ServiceProcess> workers = system.startWorkers(2, Setup.PATIENT.postgresBy(wire.port()));
            Ledger ledger = new Ledger(system, "rolled-");
            Load load = Load.start(
                    system,
                    List.of(api, system.api()),
                    ledger,
                    number -> Dialogues.session("rolled-", number),
                    Integer.MAX_VALUE,
                    Pace.steady(PER_SECOND));

            double slowestExit = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (ServiceProcess worker : workers) {
                    slowestExit = Math.max(slowestExit, replace(worker));
                }
                slowestExit = Math.max(slowestExit, replace(api));
            }
            load.stop(Duration.ofMinutes(1));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), system.api());

            Report.row(
                    "9: rolling restarts",
                    "%d rounds over 2 workers and an API, %.0f sessions a second, %s"
                            .formatted(ROUNDS, PER_SECOND, system.conditions()),
                    "%s; every exit code 0, the slowest exit %.1f s; hand-ins refused %d, unanswered %d"
                            .formatted(balance, slowestExit, load.refused(), load.broken()));
            assertThat(balance.executedTwice()).as("executed twice").isZero();
            assertThat(ledger.jobs("lost_leases > 0")).as("lost leases").isZero();
        }
    }

    /** Replaces a service, and returns how many seconds it took to end. */
    private static double replace(ServiceProcess service) throws Exception {
        long begin = System.nanoTime();
        service.stop(GRACE);
        double seconds = (System.nanoTime() - begin) / 1e9;
        assertThat(service.exitCode(Duration.ofSeconds(1)))
                .as("%s ended by itself on SIGTERM; its last words: %s", service.name(), service.lastLines())
                .isZero();
        service.restart();
        return seconds;
    }
}
