package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** SIGSTOP of a worker until others have taken over what it holds, then SIGCONT: a pause as of a machine that swaps. */
@ExtendWith(Arena.class)
class FrozenWorkerChaosTest {

    private static final int FREEZES = Size.of(1, 20);
    private static final double PER_SECOND = 30;
    private static final Duration WIRE = Duration.ofMillis(20);
    private static final Duration LEASE = Size.of(Duration.ofSeconds(3), Duration.ofSeconds(30));

    /** After that time Postgres ends a transaction in which nothing is said. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(5);

    private static final Duration TAKEN_OVER_WITHIN = Size.of(Duration.ofSeconds(40), LEASE.plusSeconds(5));

    /** What others may wait at the most: a lock is waited for 2 s, then the batch is tried row by row. */
    private static final double STALLED_AT_MOST = Size.of(20, 5);

    @Test
    void rejectsTheLateCommitOfAWorkerThatWasAwayAndStallsNobody(RunningSystem system) throws Exception {
        ServiceProcess api = system.api();
        Database database = system.database();
        try (SlowWire wire = new SlowWire(system.postgres().port(), WIRE);
                Recovery recovery = new Recovery(database)) {
            ServiceProcess victim = system.startWorker(Setup.PLAIN.postgresBy(wire.port()));
            system.startWorker(Setup.PLAIN);
            Ledger ledger = new Ledger(system, "frozen-");
            Load load = Load.start(
                    system,
                    List.of(api),
                    ledger,
                    number -> Dialogues.session("frozen-", number),
                    Integer.MAX_VALUE,
                    Pace.steady(PER_SECOND));

            double strangers = 0;
            double siblings = 0;
            for (int freeze = 0; freeze < FREEZES; freeze++) {
                double late = late(victim);
                freezeWithinTransaction(database, victim);
                long lastBefore = database.count("SELECT max(id) FROM memory.memory_job");
                List<String> students = Recovery.studentsOf(database, victim);
                List<Recovery.Held> held = Recovery.jobsOf(database, victim);
                recovery.watch(victim.pid(), System.nanoTime());
                Load others = Load.start(
                        system,
                        List.of(api),
                        ledger,
                        laterSessions(students, freeze),
                        students.size(),
                        Pace.asFastAsAccepted(4));
                await().atMost(TAKEN_OVER_WITHIN).until(recovery::isOver);
                // The others were completed by a statement that was on the wire when it was frozen.
                long lost = Recovery.lost(database, held);
                victim.thaw();
                // Not all of them: of a job whose lease was on the wire when it was frozen, it may never have learnt.
                await().atMost(Duration.ofSeconds(40))
                        .untilAsserted(() -> assertThat(late(victim) - late)
                                .as("attempts of the frozen worker that came to nothing")
                                .isGreaterThanOrEqualTo(Math.min(lost, 1)));
                others.await(Duration.ofMinutes(1));
                String theirs = "student_id IN ('" + String.join("','", students) + "')";
                siblings = Math.max(siblings, slowest(database, "id > " + lastBefore + " AND " + theirs));
                strangers = Math.max(strangers, slowest(database, "id > " + lastBefore + " AND NOT " + theirs));
            }
            load.stop(Duration.ofMinutes(1));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), api);

            Report.row(
                    "5: a frozen worker",
                    "%d times SIGSTOP within a transaction, %.0f sessions a second, lease %d s, %s"
                            .formatted(FREEZES, PER_SECOND, LEASE.toSeconds(), system.conditions()),
                    ("%s, held when frozen %d, taken over within %.1f s, late commits 0; what came meanwhile took at most"
                                    + " %.1f s, of the same students %.1f s")
                            .formatted(balance, recovery.inFlight(), recovery.slowestSeconds(), strangers, siblings));
            assertThat(balance.executedTwice()).isLessThanOrEqualTo(recovery.inFlight());
            assertThat(strangers).as("seconds that strangers waited").isLessThan(STALLED_AT_MOST);
            assertThat(siblings)
                    .as("seconds that sessions of the students waited whose rows were locked")
                    .isLessThan(TAKEN_OVER_WITHIN.plus(IDLE_IN_TRANSACTION).toSeconds());
        }
    }

    private static IntFunction<JsonNode> laterSessions(List<String> students, int freeze) {
        return number -> Dialogues.laterSession(students.get(number), freeze);
    }

    /** Freezes it while it holds jobs that wait for the lease to run out, and others that it has locked. */
    private static void freezeWithinTransaction(Database database, ServiceProcess victim) {
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(211))
                .until(() -> {
                    victim.freeze();
                    // What is on the wire arrives, and its last statement ends.
                    await().pollDelay(WIRE.multipliedBy(3))
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> database.active(victim) == 0);
                    if (Recovery.heldBy(database, victim) > 0 && database.holdingProfiles(victim) > 0) {
                        return true;
                    }
                    victim.thaw();
                    return false;
                });
    }

    /** How many of its attempts have come to nothing since it started. */
    private static double late(ServiceProcess worker) throws IOException {
        double late = 0;
        for (String outcome : List.of("stale", "called_off", "cancelled")) {
            late += worker.metric("memory_attempts_seconds_count", "outcome=\"" + outcome + "\"");
        }
        return late;
    }

    /** How long the slowest of those jobs took that no worker has lost. */
    private static double slowest(Database database, String condition) {
        return database.rows("""
                SELECT extract(epoch FROM max(coalesce(finished_at, now()) - created_at))
                  FROM memory.memory_job WHERE attempts <= 1 AND %s
                """.formatted(condition), row -> row.getDouble(1)).getFirst();
    }
}
