package org.memoryqueue.worker.system;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/** How much passes through when nothing is broken: a floor, not a benchmark, since clients and stores share the machine. */
@ExtendWith(Arena.class)
class ThroughputChaosTest {

    private static final int SESSIONS = Size.of(2_000, 20_000);
    private static final int WARM_UP = Size.of(500, 20_000);
    private static final int CONNECTIONS = 32;
    private static final int CONCURRENCY = 64;

    @Test
    void measuresAcceptingAndCompletingOneAfterTheOther(RunningSystem system) throws Exception {
        ServiceProcess api = system.startApi(Setup.OPTIMISED);
        Ledger ledger = new Ledger(system, "floor-");
        handIn(system, api, ledger, "floor-warm-", WARM_UP);
        Load load = handIn(system, api, ledger, "floor-", SESSIONS);

        system.startWorker(Setup.OPTIMISED.with("MEMORY_WORKER_CONCURRENCY", String.valueOf(CONCURRENCY)));
        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(5), api);
        double completedPerSecond = system.database()
                .rows("""
                        SELECT count(*) / extract(epoch FROM max(finished_at) - min(finished_at))
                          FROM (SELECT finished_at FROM memory.memory_job
                                 WHERE starts_with(student_id, 'floor-') ORDER BY finished_at OFFSET %d) AS warm
                        """.formatted(WARM_UP), row -> row.getDouble(1))
                .getFirst();

        Report.row(
                "Throughput",
                "short sessions over %d connections, then 1 worker with %d slots, after %d to warm up, %s"
                        .formatted(CONNECTIONS, CONCURRENCY, WARM_UP, system.conditions()),
                "%.0f accepted a second, %.0f completed a second; %s"
                        .formatted(SESSIONS / load.seconds(), completedPerSecond, balance));
    }

    private static Load handIn(RunningSystem system, ServiceProcess api, Ledger ledger, String students, int count) {
        Load load = Load.start(
                system,
                List.of(api),
                ledger,
                number -> Dialogues.shortSession(students, number),
                count,
                Pace.asFastAsAccepted(CONNECTIONS));
        load.await(Duration.ofMinutes(5));
        return load;
    }
}
