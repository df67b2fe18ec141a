package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.worker.system.Load.Pace;

/**
 * Workers whose clocks are wrong by ten minutes. Needs libfaketime: Debian's package of that name, or a path in the
 * environment variable {@code LIBFAKETIME}; skipped without.
 */
@ExtendWith(Arena.class)
class SkewedClocksChaosTest {

    private static final List<String> USUAL_PLACES = List.of(
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/faketime/libfaketimeMT.so.1",
            "/usr/local/lib/faketime/libfaketimeMT.so.1",
            "/usr/lib64/faketime/libfaketimeMT.so.1");

    private static final int SESSIONS = Size.of(60, 600);
    /** Fewer for those that one worker has to finish alone, once the other two are killed. */
    private static final int SESSIONS_AT_THE_KILLS = Size.of(60, 200);

    private static final double PER_SECOND = 20;

    /** Not as short as elsewhere: a machine that is busy, with a library that is slow, has no wrong clock. */
    private static final Duration LEASE = Size.of(Duration.ofSeconds(15), Duration.ofSeconds(30));

    /** In the full size a job outlives its lease; in both it is renewed. */
    private static final Duration MODEL_TAKES = Size.of(Duration.ofSeconds(8), Duration.ofSeconds(45));

    @Test
    void neitherStealNorKeepLeases(RunningSystem system) throws Exception {
        Optional<Path> library = libfaketime();
        Assumptions.assumeTrue(library.isPresent(), "libfaketime is not installed: clocks cannot be made wrong");
        Database database = system.database();
        try (FakeModel model = FakeModel.start();
                Recovery recovery = new Recovery(database)) {
            model.reply(Reply.after(MODEL_TAKES, Reply.summary()));
            Setup slow = Setup.PLAIN
                    .using(model)
                    .with("MEMORY_WORKER_CONCURRENCY", "50")
                    .with("MEMORY_LEASE_DURATION", LEASE.toSeconds() + "s");
            system.startWorker(slow);
            ServiceProcess ahead = system.startWorker(skewed(slow, library.get(), "+10m"));
            ServiceProcess behind = system.startWorker(skewed(slow, library.get(), "-10m"));
            assertClockIsOff(ahead, 600);
            assertClockIsOff(behind, -600);
            Ledger ledger = new Ledger(system, "skewed-");
            Load load = Load.start(
                    system,
                    List.of(system.api()),
                    ledger,
                    number -> Dialogues.session("skewed-", number),
                    SESSIONS,
                    Pace.steady(PER_SECOND));
            load.await(Duration.ofSeconds(SESSIONS));
            await().atMost(Duration.ofMinutes(5)).until(() -> database.unfinished() == 0);
            assertThat(ledger.jobs("attempts <> 1 OR lost_leases > 0"))
                    .as(() -> "leases stolen from " + database.losers())
                    .isZero();

            Load more = Load.start(
                    system,
                    List.of(system.api()),
                    ledger,
                    number -> Dialogues.session("skewed-more-", number),
                    SESSIONS_AT_THE_KILLS,
                    Pace.steady(PER_SECOND));
            for (ServiceProcess worker : List.of(ahead, behind)) {
                await().atMost(Duration.ofMinutes(1)).until(() -> Recovery.heldBy(database, worker) > 0);
                long pid = worker.pid();
                long killedAt = System.nanoTime();
                worker.kill();
                await().until(() -> database.connections(worker) == 0);
                recovery.watch(pid, killedAt);
            }
            more.await(Duration.ofMinutes(5));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(5), system.api());

            Report.row(
                    "6: clocks off by 10 min",
                    "3 workers, one ahead, one behind, jobs of %d s, lease %d s, %s"
                            .formatted(MODEL_TAKES.toSeconds(), LEASE.toSeconds(), system.conditions()),
                    "%s; leases stolen 0; held by the two when killed %d, taken over within %.1f s"
                            .formatted(balance, recovery.inFlight(), recovery.slowestSeconds()));
            assertThat(recovery.slowestSeconds())
                    .as("seconds that a lease was kept")
                    .isLessThan(LEASE.toSeconds() + 5);
        }
    }

    private static Setup skewed(Setup setup, Path library, String offset) {
        return setup.with("LD_PRELOAD", library.toString())
                .with("FAKETIME", offset)
                .with("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    }

    /** Without it the scenario would prove nothing. */
    private static void assertClockIsOff(ServiceProcess worker, double seconds) throws Exception {
        double itsTime = worker.metric("process_start_time_seconds", "") + worker.metric("process_uptime_seconds", "");
        assertThat(itsTime - System.currentTimeMillis() / 1e3)
                .as("how wrong the clock of %s is, in seconds", worker.name())
                .isCloseTo(seconds, within(30.0));
    }

    private static Optional<Path> libfaketime() {
        return Stream.concat(Stream.ofNullable(System.getenv("LIBFAKETIME")), USUAL_PLACES.stream())
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
    }
}
