package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.memoryqueue.testing.TcpProxy;
import org.memoryqueue.worker.system.Load.Pace;

/**
 * A network that swallows everything between the services and a store, and that works again later: either with the
 * connections of before, or only with new ones, the others being dead for ever without anybody being told.
 */
@ExtendWith(Arena.class)
class BlackHoleChaosTest {

    private static final Duration LASTS = Size.of(Duration.ofSeconds(8), Duration.ofSeconds(60));
    private static final double PER_SECOND = 20;

    /** From the moment that nothing arrives any more. */
    private static final Duration NOT_READY_WITHIN = Duration.ofSeconds(10);

    private static final Duration RESUMES_WITHIN = Size.of(Duration.ofSeconds(20), Duration.ofSeconds(5));

    private static Stream<TcpProxy.Mode> holes() {
        return Size.of(Stream.of(TcpProxy.Mode.DROP), Stream.of(TcpProxy.Mode.DROP, TcpProxy.Mode.HOLD));
    }

    @ParameterizedTest
    @MethodSource("holes")
    void leavesReadinessAndComesBackWithinSecondsForPostgres(TcpProxy.Mode hole, RunningSystem system)
            throws Exception {
        try (TcpProxy network = TcpProxy.to(system.postgres().port())) {
            Setup setup = Setup.PLAIN.postgresBy(network.port());
            ServiceProcess api = system.startApi(setup);
            ServiceProcess worker = system.startWorker(setup);
            Ledger ledger = new Ledger(system, "pg-hole-" + hole + "-");
            Load load = load(system, api, ledger, "pg-hole-" + hole + "-");
            await().atMost(Duration.ofMinutes(1)).until(() -> ledger.completed() > 0);

            network.become(hole);
            long begin = System.nanoTime();
            await().atMost(NOT_READY_WITHIN)
                    .until(() -> !worker.isUp("/q/health/ready") && !api.isUp("/q/health/ready"));
            double noticed = (System.nanoTime() - begin) / 1e9;
            stayAlive(begin, api, worker);
            network.become(TcpProxy.Mode.FORWARD);
            double resumed = secondsUntilItResumes(ledger);
            await().atMost(RESUMES_WITHIN).until(() -> worker.isUp("/q/health/ready") && api.isUp("/q/health/ready"));

            conclude(
                    system,
                    ledger,
                    load,
                    "7a: Postgres in a black hole, " + hole,
                    "not ready after %.1f s, live all the time, accepts and completes %.1f s after it healed"
                            .formatted(noticed, resumed));
            assertThat(resumed).as("seconds until it resumed").isLessThanOrEqualTo(RESUMES_WITHIN.toSeconds());
        }
    }

    @ParameterizedTest
    @MethodSource("holes")
    void acceptsAndWorksWithoutRedis(TcpProxy.Mode hole, RunningSystem system) throws Exception {
        try (TcpProxy network = TcpProxy.to(system.redis().port())) {
            Setup setup = Setup.PLAIN.redisBy(network.port());
            ServiceProcess api = system.startApi(setup);
            ServiceProcess worker = system.startWorker(setup);
            Ledger ledger = new Ledger(system, "redis-hole-" + hole + "-");
            Load load = load(system, api, ledger, "redis-hole-" + hole + "-");
            await().atMost(Duration.ofMinutes(1)).until(() -> ledger.completed() > 0);

            network.become(hole);
            long begin = System.nanoTime();
            double without = secondsUntilItResumes(ledger);
            stayAlive(begin, api, worker);
            assertThat(api.isUp("/q/health/ready"))
                    .as("the API is ready without Redis")
                    .isTrue();
            assertThat(worker.metric("memory_worker_dispatch", "source=\"postgres\""))
                    .isEqualTo(1);
            network.become(TcpProxy.Mode.FORWARD);
            double resumed = secondsUntilItResumes(ledger);
            long healed = System.nanoTime();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> worker.metric("memory_worker_dispatch", "source=\"redis\"") == 1);
            double backOnRedis = (System.nanoTime() - healed) / 1e9;

            conclude(
                    system,
                    ledger,
                    load,
                    "7b: Redis in a black hole, " + hole,
                    "accepted all the time, completes without it after %.1f s, back on it %.1f s after it healed"
                            .formatted(without, backOnRedis));
            assertThat(load.refused() + load.broken())
                    .as("hand-ins refused or unanswered")
                    .isZero();
            assertThat(resumed)
                    .as("seconds until it completed something")
                    .isLessThanOrEqualTo(RESUMES_WITHIN.toSeconds());
            assertThat(backOnRedis)
                    .as("seconds until Redis was used again")
                    .isLessThanOrEqualTo(RESUMES_WITHIN.toSeconds());
        }
    }

    private static Load load(RunningSystem system, ServiceProcess api, Ledger ledger, String students) {
        return Load.start(
                system,
                List.of(api),
                ledger,
                number -> Dialogues.session(students, number),
                Integer.MAX_VALUE,
                Pace.steady(PER_SECOND));
    }

    /** Both live for as long as the hole lasts. */
    private static void stayAlive(long begin, ServiceProcess api, ServiceProcess worker) {
        await().atMost(LASTS.plusSeconds(10))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    assertThat(api.isUp("/q/health/live")).as("the API lives").isTrue();
                    assertThat(worker.isUp("/q/health/live"))
                            .as("the worker lives")
                            .isTrue();
                    return System.nanoTime() - begin > LASTS.toNanos();
                });
    }

    /** How long it takes from now until a job is completed that was accepted after this moment. */
    private static double secondsUntilItResumes(Ledger ledger) {
        long begin = System.nanoTime();
        int accepted = ledger.size();
        long completed = ledger.completed();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ledger.size() > accepted && ledger.completed() > completed);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void conclude(RunningSystem system, Ledger ledger, Load load, String scenario, String result) {
        load.stop(Duration.ofMinutes(1));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), system.api());
        Report.row(
                scenario,
                "%d s, %.0f sessions a second, %s".formatted(LASTS.toSeconds(), PER_SECOND, system.conditions()),
                "%s; %s".formatted(balance, result));
    }
}
