package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.memoryqueue.local.process.Child;

/** The packaged services together, with commits on disk, under a load of real dialogues. */
class WholeSystemIT {

    private static final Map<String, String> SHORT_LEASES =
            Map.of("MEMORY_LEASE_DURATION", "3s", "MEMORY_MAINTENANCE_EVERY", "1s", "MEMORY_MAINTENANCE_GRACE", "1s");

    private static RunningSystem system;

    @BeforeAll
    static void start() throws IOException {
        system = new RunningSystem(SHORT_LEASES);
    }

    @AfterAll
    static void stop() throws IOException {
        system.close();
    }

    @AfterEach
    void stopWorkers() {
        system.stopWorkers();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void remembersEveryDialogueOnce(int workers) throws Exception {
        Ledger ledger = new Ledger(system, "every-" + workers + "-");
        for (int i = 0; i < workers; i++) {
            system.startWorker();
        }
        List<JsonNode> sessions = Dialogues.sessions("every-" + workers + "-", 1);

        long begin = System.nanoTime();
        ledger.handIn(sessions);
        long accepted = System.nanoTime();
        ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));

        System.out.printf(
                "%d dialogues handed in by 16 clients, %d worker(s), commits on disk, %d processors: "
                        + "all accepted after %.1f s, all remembered %.1f s after the first was sent%n",
                ledger.size(),
                workers,
                Runtime.getRuntime().availableProcessors(),
                (accepted - begin) / 1e9,
                ledger.secondsUntilCompleted(begin));
        assertThat(ledger.memoriesByStudent().values()).containsOnly(1);
        assertThat(ledger.jobs("attempts <> 1")).isZero();
    }

    @Test
    void losesNothingAndRepeatsNothingWhenAWorkerIsKilled() throws Exception {
        Ledger ledger = new Ledger(system, "killed-");
        ledger.handIn(Dialogues.sessions("killed-", 3));
        int worker = system.startWorker();
        awaitTheMiddle(ledger);

        system.worker(worker).kill();
        assertThat(ledger.completed()).as("killed in the middle").isLessThan(ledger.size());

        system.startWorker();
        ledger.awaitAllRememberedOnce(Duration.ofSeconds(90));
    }

    @Test
    void stopsGracefullyUnderLoad() throws Exception {
        Ledger ledger = new Ledger(system, "stopped-");
        ledger.handIn(Dialogues.sessions("stopped-", 3));
        Child first = system.worker(system.startWorker());
        awaitTheMiddle(ledger);

        first.stop(Duration.ofSeconds(15));

        assertThat(RunningSystem.exitCode(first, Duration.ofSeconds(1)))
                .as("ended by itself on SIGTERM, not by SIGKILL; its last words: %s", first.lastLines())
                .isZero();
        assertThat(ledger.jobs("state = 'running'")).isZero();
        system.startWorker();
        ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
        assertThat(ledger.jobs("lost_leases > 0")).isZero();
        assertThat(ledger.jobs("attempts <> 1")).isZero();
    }

    @Test
    void losesNothingWhenRedisForgetsEverything() throws Exception {
        Ledger ledger = new Ledger(system, "forgotten-");
        ledger.handIn(Dialogues.sessions("forgotten-", 1));

        system.redis().kill();
        system.redis().restart();

        system.startWorker();
        ledger.awaitAllRememberedOnce(Duration.ofSeconds(60));
    }

    private static void awaitTheMiddle(Ledger ledger) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> ledger.completed() > ledger.size() / 20);
    }
}
