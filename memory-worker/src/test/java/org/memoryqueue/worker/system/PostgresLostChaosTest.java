package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** Postgres that dies, drops its connections, or has none to give, under load. */
@ExtendWith(Arena.class)
class PostgresLostChaosTest {

    private static final int KILLS = Size.of(1, 10);
    private static final Duration TERMINATIONS_FOR = Size.of(Duration.ofSeconds(3), Duration.ofSeconds(60));
    private static final int TERMINATIONS_A_SECOND = 5;
    private static final Duration EXHAUSTED_FOR = Size.of(Duration.ofSeconds(6), Duration.ofSeconds(30));
    private static final double PER_SECOND = 60;

    /** Once the server is well again; a client waits no longer than that either. */
    private static final Duration RESUMES_WITHIN = Duration.ofSeconds(15);

    private final Random random = new Random(4);

    @Test
    void acknowledgesNothingThatIsNotCommittedWhenItIsKilled(RunningSystem system) throws Exception {
        system.workers();
        Ledger ledger = new Ledger(system, "pg-killed-");
        Load load = load(system, ledger, "pg-killed-");

        double slowest = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int goal = ledger.size() + 1 + random.nextInt(100);
            await().atMost(Duration.ofMinutes(1))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> ledger.size() >= goal);
            system.postgres().kill();
            system.postgres().restart();
            slowest = Math.max(slowest, secondsUntilItResumes(ledger));
        }

        conclude(
                system,
                ledger,
                load,
                "4a: kill -9 Postgres",
                "%d kills".formatted(KILLS),
                "accepts and completes again within %.1f s of its return".formatted(slowest));
    }

    @Test
    void resumesByItselfWhenItsConnectionsAreTerminated(RunningSystem system) throws Exception {
        system.workers();
        Ledger ledger = new Ledger(system, "pg-terminated-");
        Load load = load(system, ledger, "pg-terminated-");

        long terminated = 0;
        long period = 1_000_000_000L / TERMINATIONS_A_SECOND;
        long begin = System.nanoTime();
        for (long turn = 0; turn * period < TERMINATIONS_FOR.toNanos(); turn++) {
            LockSupport.parkNanos(begin + turn * period - System.nanoTime());
            terminated += system.database().terminateOne();
        }
        double seconds = secondsUntilItResumes(ledger);

        conclude(
                system,
                ledger,
                load,
                "4b: connections terminated",
                "%d backends, %d a second".formatted(terminated, TERMINATIONS_A_SECOND),
                "accepts and completes again within %.1f s".formatted(seconds));
    }

    @Test
    void resumesByItselfWhenEveryConnectionOfThePoolsHangs(RunningSystem system) throws Exception {
        system.workers();
        Ledger ledger = new Ledger(system, "pg-hangs-");
        Load load = load(system, ledger, "pg-hangs-");
        await().until(() -> ledger.size() > 0);

        try (Connection connection = system.database().connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE memory.memory_job IN ACCESS EXCLUSIVE MODE");
            LockSupport.parkNanos(EXHAUSTED_FOR.toNanos());
            connection.rollback();
        }
        double seconds = secondsUntilItResumes(ledger);

        conclude(
                system,
                ledger,
                load,
                "4c: pools exhausted",
                "the table of jobs locked for %d s".formatted(EXHAUSTED_FOR.toSeconds()),
                "accepts and completes again within %.1f s".formatted(seconds));
    }

    @Test
    @EnabledIfSystemProperty(named = "memory.chaos", matches = "full")
    void resumesByItselfWhenTheServerHasNoConnectionLeft(RunningSystem system) throws Exception {
        system.workers();
        Ledger ledger = new Ledger(system, "pg-full-");
        Load load = load(system, ledger, "pg-full-");
        await().until(() -> ledger.size() > 0);

        List<Connection> taken = new ArrayList<>();
        Database database = system.database();
        try {
            takeAllThatAreLeft(database, taken);
            long end = System.nanoTime() + EXHAUSTED_FOR.toNanos();
            while (System.nanoTime() < end) {
                Database.terminateOne(taken.getFirst());
                takeAllThatAreLeft(database, taken);
            }
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
        double seconds = secondsUntilItResumes(ledger);

        conclude(
                system,
                ledger,
                load,
                "4d: server full",
                "every connection of the services taken away for %d s, %d in all"
                        .formatted(EXHAUSTED_FOR.toSeconds(), taken.size()),
                "accepts and completes again within %.1f s".formatted(seconds));
    }

    private static void takeAllThatAreLeft(Database database, List<Connection> taken) {
        while (true) {
            try {
                taken.add(database.connect());
            } catch (SQLException e) {
                return;
            }
        }
    }

    private static Load load(RunningSystem system, Ledger ledger, String students) {
        return Load.start(
                system,
                List.of(system.api()),
                ledger,
                number -> Dialogues.session(students, number),
                Integer.MAX_VALUE,
                Pace.steady(PER_SECOND));
    }

    /** How long it takes from now until a session is accepted, and one is completed. */
    private static double secondsUntilItResumes(Ledger ledger) {
        long begin = System.nanoTime();
        int accepted = ledger.size();
        long completed = ledger.completed();
        await().atMost(RESUMES_WITHIN)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ledger.size() > accepted && ledger.completed() > completed);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void conclude(
            RunningSystem system, Ledger ledger, Load load, String scenario, String conditions, String result)
            throws Exception {
        load.stop(Duration.ofMinutes(1));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), system.api());
        Report.row(
                scenario,
                "%s, %.0f sessions a second, 2 workers, %s".formatted(conditions, PER_SECOND, system.conditions()),
                "%s; hand-ins refused %d, unanswered %d; %s".formatted(balance, load.refused(), load.broken(), result));
        assertThat(balance.jobs()).isPositive();
    }
}
