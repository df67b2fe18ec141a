package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.worker.system.Load.Pace;

/** The packaged services where there is no Redis at all, and none is wanted. */
class WithoutRedisIT {

    @Test
    void remembersEverySessionAndSaysWhereItTakesTheJobsFrom() throws Exception {
        Map<String, String> noRedis =
                Map.of("MEMORY_QUEUE_DISPATCH", "postgres", "REDIS_PORT", String.valueOf(Ports.free()));
        try (RunningSystem system = new RunningSystem(noRedis)) {
            List<ServiceProcess> workers = system.startWorkers(2, Setup.PLAIN);
            Ledger ledger = new Ledger(system, "no-redis-");
            Load load = Load.start(
                    system,
                    List.of(system.api()),
                    ledger,
                    number -> Dialogues.session("no-redis-", number),
                    Dialogues.count(),
                    Pace.asFastAsAccepted(16));
            load.await(Duration.ofMinutes(5));
            Ledger.Balance balance = ledger.balance(Duration.ofMinutes(5), system.api());

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(status(system).body()).contains("\"postgres\":2"));
            assertThat(system.api().isUp("/q/health/ready")).isTrue();
            assertThat(workers).allMatch(worker -> worker.isUp("/q/health/ready"));
            assertThat(balance.executedTwice()).isZero();
            assertThat(load.refused() + load.broken()).isZero();
            Report.row(
                    "No Redis at all",
                    "%d sessions, 2 workers, %s".formatted(Dialogues.count(), system.conditions()),
                    balance.toString());
        }
    }

    private static HttpResponse<String> status(RunningSystem system) throws IOException {
        return system.api().get("/api/admin/queue-status");
    }
}
