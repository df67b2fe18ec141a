package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packaged services together, under a load of real dialogues. */
class WholeSystemIT {

    private static final Map<String, String> SHORT_LEASES =
            Map.of("MEMORY_LEASE_DURATION", "3s", "MEMORY_MAINTENANCE_EVERY", "1s", "MEMORY_MAINTENANCE_GRACE", "1s");

    @Test
    void remembersEveryDialogueOnceWithOneWorkerAndWithThree() throws Exception {
        try (RunningSystem system = new RunningSystem(SHORT_LEASES)) {
            Ledger ledger = new Ledger(system);
            system.startWorker();
            ledger.handIn(Dialogues.sessions(1));
            ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
            assertThat(ledger.memoriesByStudent().values()).containsOnly(1);
        }
        try (RunningSystem system = new RunningSystem(SHORT_LEASES)) {
            Ledger ledger = new Ledger(system);
            for (int i = 0; i < 3; i++) {
                system.startWorker();
            }
            ledger.handIn(Dialogues.sessions(1));
            ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
            assertThat(system.count("SELECT count(*) FROM memory.memory_job WHERE attempts <> 1"))
                    .isZero();
        }
    }

    @Test
    void losesNothingAndRepeatsNothingWhenAWorkerIsKilled() throws Exception {
        try (RunningSystem system = new RunningSystem(SHORT_LEASES)) {
            Ledger ledger = new Ledger(system);
            ledger.handIn(Dialogues.sessions(4));
            int worker = system.startWorker();
            await().pollInterval(Duration.ofMillis(5)).until(() -> ledger.completed() > ledger.size() / 20);

            system.worker(worker).kill();
            assertThat(ledger.completed()).as("killed in the middle").isLessThan(ledger.size());

            system.startWorker();
            ledger.awaitAllRememberedOnce(Duration.ofSeconds(90));
        }
    }

    @Test
    void stopsGracefullyUnderLoad() throws Exception {
        try (RunningSystem system = new RunningSystem(SHORT_LEASES)) {
            Ledger ledger = new Ledger(system);
            ledger.handIn(Dialogues.sessions(4));
            int first = system.startWorker();
            await().pollInterval(Duration.ofMillis(5)).until(() -> ledger.completed() > ledger.size() / 20);

            system.worker(first).stop(Duration.ofSeconds(10));

            assertThat(RunningSystem.exitCode(system.worker(first), Duration.ofSeconds(1)))
                    .as(
                            "ended by itself on SIGTERM, not by SIGKILL; its last words: %s",
                            system.worker(first).lastLines())
                    .isIn(0, 143);
            assertThat(system.count("SELECT count(*) FROM memory.memory_job WHERE state = 'running'"))
                    .isZero();
            system.startWorker();
            ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
            assertThat(system.count("SELECT sum(lost_leases) FROM memory.memory_job"))
                    .isZero();
            assertThat(system.count("SELECT count(*) FROM memory.memory_job WHERE attempts <> 1"))
                    .isZero();
        }
    }

    @Test
    void losesNothingWhenRedisForgetsEverything() throws Exception {
        try (RunningSystem system = new RunningSystem(SHORT_LEASES)) {
            Ledger ledger = new Ledger(system);
            ledger.handIn(Dialogues.sessions(1));

            system.redis().kill();
            system.redis().restart();

            system.startWorker();
            ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
        }
    }
}
