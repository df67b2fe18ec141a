package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** {@code kill -9} of random workers under load. */
@ExtendWith(Arena.class)
class WorkersKilledChaosTest {

    private static final int WORKERS = 3;
    private static final int KILLS = Size.of(3, 300);
    private static final int SESSIONS = Size.of(200, 50_000);
    private static final double PER_SECOND = Size.of(40, 40);

    /** So many that the two that are left keep up with what comes while the third starts again. */
    private static final int SLOTS = Size.of(10, 40);

    /** Each answer of Postgres takes so long, so that a worker that dies dies in the middle of something. */
    private static final Duration WIRE = Duration.ofMillis(10);

    private static final Duration LEASE = Size.of(Duration.ofSeconds(8), Duration.ofSeconds(30));

    private final Random random = new Random(1);

    @Test
    void losesNothingRepeatsNoEffectAndTakesOverInTime(RunningSystem system) throws Exception {
        ServiceProcess api = system.api();
        try (SlowWire wire = new SlowWire(system.postgres().port(), WIRE);
                Recovery recovery = new Recovery(system.database())) {
            List<ServiceProcess> workers = system.startWorkers(
                    WORKERS,
                    Setup.PLAIN
                            .postgresBy(wire.port())
                            .with("MEMORY_WORKER_CONCURRENCY", String.valueOf(SLOTS))
                            .with("MEMORY_LEASE_DURATION", LEASE.toSeconds() + "s"));
            Ledger ledger = new Ledger(system, "killed-");
            Load load = Load.start(
                    system,
                    List.of(api),
                    ledger,
                    number -> Dialogues.session("killed-", number),
                    SESSIONS,
                    Pace.steady(PER_SECOND));

            for (int kill = 1; kill <= KILLS; kill++) {
                int goal = kill * (SESSIONS / (KILLS + 1));
                await().atMost(Duration.ofMinutes(5)).until(() -> ledger.size() >= goal);
                killOne(system, workers, recovery);
            }
            load.await(Duration.ofSeconds(SESSIONS));
            Duration patience = Size.of(Duration.ofMinutes(5), Duration.ofMinutes(20));
            List<Poisoned> poisoned = retryTakenForPoison(system, ledger, patience);
            Ledger.Balance balance = ledger.balance(patience, api);

            Report.row(
                    "1: kill -9 a worker",
                    "%d kills, %d workers, %.0f sessions a second, lease %d s, %s"
                            .formatted(KILLS, WORKERS, PER_SECOND, LEASE.toSeconds(), system.conditions()),
                    "%s, in flight at the kills %d, taken over within %.1f s%s"
                            .formatted(balance, recovery.inFlight(), recovery.slowestSeconds(), told(poisoned)));
            long executedTwice = balance.executedTwice()
                    + poisoned.stream().mapToLong(Poisoned::lostLeases).sum();
            assertThat(executedTwice).as("executed twice").isLessThanOrEqualTo(recovery.inFlight());
            assertThat(recovery.slowestSeconds())
                    .as("seconds until the last job of a dead worker was taken over")
                    .isLessThanOrEqualTo(LEASE.toSeconds() + Size.of(15, 5));
        }
    }

    /** A job that was given up since it had lost its worker so often. */
    private record Poisoned(long id, long lostLeases) {}

    /**
     * Does what an operator does who has killed the workers themselves. With so many kills it happens that a job loses its
     * worker four times, the last two while it runs alone, and from outside that is what poison looks like.
     */
    private static List<Poisoned> retryTakenForPoison(RunningSystem system, Ledger ledger, Duration patience)
            throws IOException {
        await().atMost(patience).until(() -> system.database().unfinished() == 0);
        List<Poisoned> poisoned = system.database()
                .rows(
                        "SELECT id, lost_leases FROM memory.memory_job WHERE error_code = 'poison'",
                        row -> new Poisoned(row.getLong(1), row.getLong(2)));
        assertThat(poisoned)
                .as("given up as poison: by chance it is one in thousands")
                .hasSizeLessThanOrEqualTo(Math.max(1, ledger.size() / 10_000))
                .allSatisfy(job -> assertThat(job.lostLeases()).isGreaterThanOrEqualTo(4));
        for (Poisoned job : poisoned) {
            assertThat(system.api().post("/api/admin/jobs/" + job.id() + "/retry"))
                    .isEqualTo(200);
        }
        return poisoned;
    }

    private static String told(List<Poisoned> poisoned) {
        return poisoned.isEmpty()
                ? ""
                : "; " + poisoned.size()
                        + " had lost four workers, were given up as poison, and completed when retried";
    }

    /**
     * Kills any worker that has started, and starts it again without waiting for it. Whether it holds jobs is left to
     * chance: to prefer those that do would hit jobs that run alone far more often than bad luck would, until the queue is
     * right to take some for poison.
     */
    private void killOne(RunningSystem system, List<ServiceProcess> workers, Recovery recovery) throws IOException {
        Database database = system.database();
        List<ServiceProcess> victims = new ArrayList<>();
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    victims.clear();
                    workers.stream()
                            .filter(worker -> database.connections(worker) > 0)
                            .forEach(victims::add);
                    return !victims.isEmpty();
                });
        ServiceProcess victim = victims.get(random.nextInt(victims.size()));
        long pid = victim.pid();
        long killedAt = System.nanoTime();
        victim.kill();
        await().until(() -> database.connections(victim) == 0);
        recovery.watch(pid, killedAt);
        victim.relaunch();
    }
}
