package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.memoryqueue.testing.SelfSignedCertificate;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.worker.system.Load.Pace;

/** The packaged services with a Redis and a model that speak TLS, under a certificate which has to be trusted first. */
@ExtendWith(Arena.class)
class TlsIT {

    /** More than the failures that open the circuit breaker. */
    private static final int SESSIONS = 12;

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void losesNothingUntilItIsToldWhomToTrust(@TempDir Path directory, RunningSystem system) throws Exception {
        SelfSignedCertificate certificate = SelfSignedCertificate.of(directory, "ip:127.0.0.1");
        try (FakeModel model = FakeModel.start();
                SlowWire https = SlowWire.tls(certificate, model.port());
                SlowWire rediss = SlowWire.tls(certificate, system.redis().port())) {
            Setup careful = Setup.PLAIN
                    .with("REDIS_TLS", "true")
                    .redisBy(rediss.port())
                    .with("MEMORY_LLM_API_KEY", "any")
                    .with("MEMORY_LLM_BASE_URL", "https://127.0.0.1:" + https.port() + "/v1")
                    .with("MEMORY_OUTAGE_MAX_DELAY", "2s");
            ServiceProcess worker = system.startWorker(careful);
            Ledger ledger = new Ledger(system, "tls-");
            handIn(system, ledger);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(String.join("\n", worker.lastLines()))
                            .contains("Taking jobs straight from Postgres")
                            .contains("The summariser is away because there is no TLS with the model"));
            assertThat(model.calls()).as("calls of a model that is not trusted").isZero();
            system.stopServices();

            ServiceProcess trusting = system.startWorker(careful.trusting(certificate));
            ledger.balance(SOON, system.api());
            assertThat(model.calls()).isGreaterThanOrEqualTo(SESSIONS);
            assertThat(trusting.metric("memory_worker_dispatch", "source=\"redis\""))
                    .isOne();
            assertThat(String.join("\n", trusting.lastLines())).doesNotContain("Taking jobs straight from Postgres");
        }
    }

    private static void handIn(RunningSystem system, Ledger ledger) {
        Load.start(
                        system,
                        List.of(system.api()),
                        ledger,
                        number -> Dialogues.session("tls-", number),
                        SESSIONS,
                        Pace.asFastAsAccepted(2))
                .await(SOON);
    }
}
