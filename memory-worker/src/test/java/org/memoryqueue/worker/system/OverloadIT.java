package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.memoryqueue.worker.system.Load.Pace;

/**
 * Ten times as much is handed in as the service can take. Its capacity is made small and known: each commit takes 0.2 s,
 * and 5 requests may be under way, which makes 25 a second.
 */
@ExtendWith(Arena.class)
class OverloadIT {

    private static final int CAPACITY = 25;
    private static final int UNDER_WAY = 5;
    private static final int OFFERED = 10 * CAPACITY;
    private static final int SECONDS = Size.of(8, 30);
    private static final int CLIENTS = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SLOW_COMMITS = """
            CREATE FUNCTION memory.be_slow() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(0.2); RETURN NULL; END';
            CREATE TRIGGER slow AFTER INSERT ON memory.memory_job FOR EACH STATEMENT EXECUTE FUNCTION memory.be_slow()
            """;
    private static final String QUICK_COMMITS =
            "DROP TRIGGER slow ON memory.memory_job; DROP FUNCTION memory.be_slow()";

    private record Answer(int status, double seconds, boolean saysWhenToComeBack) {}

    private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();

    @Test
    void refusesQuicklyWhatIsTooMuchAndServesWhatItTookOn(RunningSystem system) throws Exception {
        ServiceProcess api = system.startApi(Setup.OPTIMISED
                .with("MEMORY_LOAD_MAX_REQUESTS", String.valueOf(UNDER_WAY))
                .with("MEMORY_RATE_LIMIT_ENABLED", "false"));
        system.startWorkers(1, Setup.PATIENT);
        Ledger ledger = new Ledger(system, "overload-");
        Load.start(
                        system,
                        List.of(api),
                        ledger,
                        OverloadIT::warmUp,
                        Size.of(1_000, 5_000),
                        Pace.asFastAsAccepted(UNDER_WAY))
                .await(Duration.ofMinutes(2));
        system.database().run(SLOW_COMMITS);
        try {
            offer(system, api, ledger);
        } finally {
            system.database().run(QUICK_COMMITS);
        }

        Ledger.Balance balance = ledger.balance(Duration.ofMinutes(2), api);
        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() == 429).toList();
        List<Answer> accepted =
                answers.stream().filter(answer -> answer.status() == 202).toList();
        Report.row(
                "Overload",
                "%d sessions a second for %d s by %d clients at an API that can take %d a second, %s"
                        .formatted(OFFERED, SECONDS, CLIENTS, CAPACITY, system.conditions()),
                "%d accepted (%.0f a second), median %.2f s, slowest %.2f s; %d refused, median %.3f s, 99%% within %.3f s; %s"
                        .formatted(
                                accepted.size(),
                                accepted.size() / (double) SECONDS,
                                quantile(accepted, 0.5),
                                quantile(accepted, 1),
                                refused.size(),
                                quantile(refused, 0.5),
                                quantile(refused, 0.99),
                                balance));
        assertThat(accepted.size() + refused.size()).as("no other answer").isEqualTo(answers.size());
        assertThat(refused).hasSizeGreaterThan(accepted.size()).allMatch(Answer::saysWhenToComeBack);
        assertThat(accepted.size()).isGreaterThan(CAPACITY * SECONDS / 3);
        // Ten times their own time, for the clients are on the same machine.
        assertThat(quantile(accepted, 0.5)).isLessThan(2);
        assertThat(quantile(refused, 0.5)).isLessThan(quantile(accepted, 0.5));
    }

    private void offer(RunningSystem system, ServiceProcess api, Ledger ledger) throws InterruptedException {
        CountDownLatch working = new CountDownLatch(CLIENTS);
        long begin = System.nanoTime();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            Thread.ofVirtual().start(() -> {
                try {
                    for (int number = client; number < OFFERED * SECONDS; number += CLIENTS) {
                        LockSupport.parkNanos(begin + number * 1_000_000_000L / OFFERED - System.nanoTime());
                        handIn(system, api, ledger, number);
                    }
                } finally {
                    working.countDown();
                }
            });
        }
        assertThat(working.await(SECONDS + 60, TimeUnit.SECONDS)).isTrue();
    }

    private void handIn(RunningSystem system, ServiceProcess api, Ledger ledger, int number) {
        JsonNode session = Dialogues.shortSession("overload-", number);
        long sent = System.nanoTime();
        try {
            HttpResponse<String> answer = system.http()
                    .send(
                            Access.handIn(api, BodyPublishers.ofString(session.toString()), TIMEOUT),
                            BodyHandlers.ofString());
            answers.add(new Answer(
                    answer.statusCode(),
                    (System.nanoTime() - sent) / 1e9,
                    answer.headers().firstValue("Retry-After").isPresent()));
            if (answer.statusCode() == 202) {
                ledger.acknowledge(
                        session, JSON.readTree(answer.body()).get("jobId").asLong());
            }
        } catch (IOException e) {
            answers.add(new Answer(0, (System.nanoTime() - sent) / 1e9, false));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode warmUp(int number) {
        return Dialogues.shortSession("overload-warm-", number);
    }

    private static double quantile(List<Answer> answers, double part) {
        double[] seconds =
                answers.stream().mapToDouble(Answer::seconds).sorted().toArray();
        return seconds.length == 0 ? 0 : seconds[(int) Math.min(seconds.length - 1, part * seconds.length)];
    }
}
