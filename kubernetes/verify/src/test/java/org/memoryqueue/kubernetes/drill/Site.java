package org.memoryqueue.kubernetes.drill;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.policy.Environment;
import org.memoryqueue.kubernetes.scaling.Sizing;
import org.memoryqueue.kubernetes.scaling.WorkerScaler;
import org.memoryqueue.lease.LeaseConfig;
import org.memoryqueue.local.postgres.PostgresOptions;
import org.memoryqueue.maintenance.MaintenanceConfig;
import org.memoryqueue.testing.model.FakeModel;
import org.memoryqueue.testing.model.Reply;
import org.memoryqueue.worker.system.Ledger;
import org.memoryqueue.worker.system.Load;
import org.memoryqueue.worker.system.Load.Pace;
import org.memoryqueue.worker.system.RunningSystem;
import org.memoryqueue.worker.system.ServiceProcess;
import org.memoryqueue.worker.system.Setup;

/** Stores, an API, a model and workers, set as the manifests set them, in compressed time. */
final class Site implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String STUDENTS = "drill-";
    private static final int SESSIONS_OF_A_STUDENT = 3;
    private static final Instant FIRST_START = Instant.parse("2026-01-05T08:00:00Z");

    /** Of normal priority. */
    private static final int MESSAGES = 8;

    private static final int CLIENTS = 32;

    /** Until a JVM has compiled what it runs: a native executable, which these stand for, has from the start. */
    private static final int WARM_UP_PER_WORKER = 150;

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final CompressedTime time = CompressedTime.ofThisRun();
    private final Manifests manifests;
    private final Sizing sizing;
    private final FakeModel model = FakeModel.start();
    private final RunningSystem system;
    private final Backlog backlog;
    private final Ledger ledger;
    private @Nullable Waker waker;
    private int handedIn;

    Site(Manifests manifests) throws IOException {
        this.manifests = manifests;
        sizing = Sizing.of(manifests);
        model.reply(Reply.after(time.real(sizing.meanJobSeconds()), Reply.summary()));
        system = new RunningSystem(
                Map.of(
                        "DATABASE_POOL_SIZE", variable("memory-api", "DATABASE_POOL_SIZE"),
                        "MEMORY_LEASE_DURATION", time.variable(LeaseConfig.class, "duration"),
                        "MEMORY_MAINTENANCE_GRACE", time.variable(MaintenanceConfig.class, "grace"),
                        "MEMORY_MAINTENANCE_FULL_PASS", time.variable(MaintenanceConfig.class, "fullPass")),
                PostgresOptions.temporary()
                        .withSetting("max_connections", String.valueOf(sizing.postgresConnections())));
        backlog = new Backlog(WorkerScaler.of(manifests).orElseThrow(), system.redis());
        ledger = new Ledger(system, STUDENTS);
    }

    CompressedTime time() {
        return time;
    }

    RunningSystem system() {
        return system;
    }

    Ledger ledger() {
        return ledger;
    }

    Backlog backlog() {
        return backlog;
    }

    FakeModel model() {
        return model;
    }

    /** Workers that have worked, and now are parked. */
    Deque<ServiceProcess> parkedWorkers(int count) throws IOException {
        Setup setup = Setup.PLAIN
                .using(model)
                .with("MEMORY_WORKER_CONCURRENCY", String.valueOf(sizing.slots()))
                .with("DATABASE_POOL_SIZE", variable("memory-worker", "DATABASE_POOL_SIZE"))
                .with(
                        "MEMORY_WORKER_SHUTDOWN_GRACE",
                        time.variable(variable("memory-worker", "MEMORY_WORKER_SHUTDOWN_GRACE")))
                .jvm("-Xmx96m")
                .jvm("-XX:CompileThresholdScaling=0.2");
        List<ServiceProcess> workers = system.startWorkers(count, setup);
        waker = new Waker(workers);
        handIn(count * WARM_UP_PER_WORKER).await(PATIENCE);
        await().atMost(PATIENCE).until(() -> system.database().unfinished() == 0);
        park(workers);
        return new ArrayDeque<>(workers);
    }

    /**
     * Freezes workers that have nothing to do, and waits until Redis has answered all of their blocking reads: an entry that
     * came before would be given to one of them.
     */
    void park(List<ServiceProcess> workers) {
        workers.forEach(ServiceProcess::freeze);
        await().atMost(Duration.ofSeconds(30)).until(backlog::nobodyWaits);
    }

    /** Begins to hand in that many sessions. */
    Load handIn(int count) {
        return handIn(count, Pace.asFastAsAccepted(CLIENTS));
    }

    /** Begins to hand in sessions for as long as it is let, so many a second. */
    Load handInSteadily(double perSecond) {
        return handIn(Integer.MAX_VALUE, Pace.steady(perSecond * time.factor()));
    }

    /** The id of the job that came last. */
    long lastJob() {
        return system.database().count("SELECT max(id) FROM memory.memory_job");
    }

    private Load handIn(int count, Pace pace) {
        int first = handedIn;
        handedIn = count == Integer.MAX_VALUE ? count : handedIn + count;
        return Load.start(system, List.of(system.api()), ledger, number -> session(first + number), count, pace);
    }

    private String variable(String workload, String name) {
        return new Environment(manifests, manifests.workload(workload))
                .value(name)
                .orElseThrow();
    }

    private static JsonNode session(int number) {
        ArrayNode messages = JSON.createArrayNode();
        for (int i = 0; i < MESSAGES; i += 2) {
            messages.addObject().put("role", "assistant").put("content", "What is " + number + " plus " + i + "?");
            messages.addObject().put("role", "user").put("content", "I think that it is " + (number + i) + ".");
        }
        return JSON.createObjectNode()
                .put("studentId", STUDENTS + number / SESSIONS_OF_A_STUDENT)
                .put("chatbotId", "tutor")
                .put("roomId", "room")
                .put(
                        "sessionStartTime",
                        FIRST_START
                                .plusSeconds(3_600L * (number % SESSIONS_OF_A_STUDENT))
                                .toString())
                .set("messages", messages);
    }

    @Override
    public void close() throws IOException {
        if (waker != null) {
            waker.close();
        }
        backlog.close();
        system.close();
        model.close();
    }
}
