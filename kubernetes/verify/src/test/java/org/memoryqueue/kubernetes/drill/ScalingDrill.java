package org.memoryqueue.kubernetes.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.memoryqueue.kubernetes.Scalers;
import org.memoryqueue.kubernetes.drill.ScalingRun.Second;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.scaling.Flapping;
import org.memoryqueue.kubernetes.scaling.Sizing;
import org.memoryqueue.kubernetes.scaling.WorkerScaler;
import org.memoryqueue.kubernetes.tool.Project;
import org.memoryqueue.worker.system.Ledger;
import org.memoryqueue.worker.system.Load;
import org.memoryqueue.worker.system.ServiceProcess;

/**
 * Real workers on a real Redis and a real Postgres, scaled by the numbers of {@code autoscaling-keda}, in compressed time.
 * What it measures is in kubernetes/README.md; all seconds here are compressed ones.
 */
class ScalingDrill {

    /** As in the simulation: from a decision to a worker that takes jobs. */
    private static final int POD_START = 5;

    private static final int FIRST_JOBS = 5;
    private static final int BURST = 10_000;
    private static final int KILLS = 5;
    private static final int BETWEEN_KILLS = 10;

    /** For pods that come again after some have gone. */
    private static final int SPARE = 8;

    /** For four and a half workers: not a whole number, so that there is nothing to settle at. */
    private static final double STEADY_PER_SECOND = 15;

    private static final int STEADY_SECONDS = 1_200;
    private static final int PATIENCE = 1_200;

    private final Manifests manifests = Scalers.keda();
    private final WorkerScaler scaler = WorkerScaler.of(manifests).orElseThrow();
    private final Sizing sizing = Sizing.of(manifests);
    private final List<String> report = new ArrayList<>();

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void scalesRealWorkersAndLosesNothing() throws Exception {
        SoftAssertions aims = new SoftAssertions();
        try (Site site = new Site(manifests)) {
            say(
                    "%s; time compressed %d times",
                    site.system().conditions(), site.time().factor());
            Deque<ServiceProcess> parked = site.parkedWorkers(scaler.maximum() + KILLS + SPARE);
            firstJobs(site, pods(site, parked), aims);
            burstAndSteadyLoad(site, pods(site, parked), aims);
            Ledger.Balance balance =
                    site.ledger().balance(Duration.ofMinutes(2), site.system().api());
            say("%s; %d calls of the model", balance, site.model().calls());
            aims.assertThat(balance.executedTwice())
                    .as("executed twice: what was in flight at the kills, at most")
                    .isLessThanOrEqualTo((long) KILLS * sizing.slots());
        } finally {
            write();
        }
        aims.assertAll();
    }

    /** Each comes when there is no worker, right after KEDA has looked. */
    private void firstJobs(Site site, WorkerPods pods, SoftAssertions aims) throws IOException {
        List<Double> taken = new ArrayList<>();
        for (int i = 0; i < FIRST_JOBS; i++) {
            ScalingRun run = new ScalingRun(site.time(), scaler, site.backlog(), pods);
            run.untilPolled();
            long before = site.ledger().completed();
            site.handIn(1).await(Duration.ofSeconds(10));
            run.until(
                    "the first job",
                    300,
                    second -> second.backlog() == 0 && site.ledger().completed() > before);
            taken.add(site.time().seconds(secondsUntilLastTaken(site)));
            pods.reuse(site::park);
        }
        say("0 to 1: the first job was taken after %.1f s at most, of %d tries", max(taken), taken.size());
        aims.assertThat(max(taken)).as("seconds from 0 to 1").isLessThanOrEqualTo(10);
    }

    private void burstAndSteadyLoad(Site site, WorkerPods pods, SoftAssertions aims) throws Exception {
        long beforeBurst = site.lastJob();
        site.handIn(BURST).await(Duration.ofMinutes(2));
        ScalingRun run = new ScalingRun(site.time(), scaler, site.backlog(), pods);
        Second first = run.until("the first worker", 60, second -> second.running() > 0);
        Second all = run.until("all workers", 300, second -> second.running() == scaler.maximum());
        Random random = new Random(1);
        for (int i = 0; i < KILLS; i++) {
            run.pass(BETWEEN_KILLS);
            pods.killOne(random, run.now());
        }
        Second drained = run.until("drained", PATIENCE, second -> second.backlog() == 0);
        say(
                "1 to %d: %d s; %,d jobs drained after %d s, %d workers killed meanwhile",
                scaler.maximum(), all.at() - first.at(), BURST, drained.at(), KILLS);
        aims.assertThat(all.at() - first.at()).as("seconds from 1 to all").isLessThanOrEqualTo(60);
        aims.assertThat(drained.at()).as("seconds until drained").isLessThanOrEqualTo(235);

        long lastOfBurst = site.lastJob();
        say("a job of the burst: %s", secondsOfJobs(site, "id > " + beforeBurst + " AND id <= " + lastOfBurst));
        Load steady = site.handInSteadily(STEADY_PER_SECOND);
        run.pass(STEADY_SECONDS);
        Thread.ofVirtual().start(() -> steady.stop(Duration.ofMinutes(1)));
        run.until("none left", PATIENCE, second -> second.pods() == 0);
        steady.await(Duration.ofMinutes(1));
        pods.awaitTerminations();
        say("a job of the steady load: %s", secondsOfJobs(site, "id > " + lastOfBurst));
        settled(run, pods, drained.at(), aims);
    }

    /** What the pods did while sessions came steadily, and after. */
    private void settled(ScalingRun run, WorkerPods pods, int drainedAt, SoftAssertions aims) {
        List<Second> trace = run.trace();
        List<Second> settled = trace.subList(drainedAt + STEADY_SECONDS / 2, drainedAt + STEADY_SECONDS);
        int window = scaler.behaviour().down().stabilisationSeconds();
        OptionalInt flap = Flapping.first(
                trace.subList(drainedAt, trace.size()).stream()
                        .map(Second::pods)
                        .toList(),
                window);
        say("pods: %s", run.steps());
        say(
                "%.0f jobs a second for %d s, work for %.1f workers: %d to %d of them in the second half; came and went"
                        + " within %d s: %s",
                STEADY_PER_SECOND,
                STEADY_SECONDS,
                STEADY_PER_SECOND * sizing.meanJobSeconds() / sizing.slots(),
                settled.stream().mapToInt(Second::pods).min().orElseThrow(),
                settled.stream().mapToInt(Second::pods).max().orElseThrow(),
                window,
                flap.isPresent() ? "at " + flap.getAsInt() : "never");
        say(
                "%d workers were told to stop, %d of them killed after their grace; the controller was late by %.1f s at"
                        + " most",
                pods.terminated(), pods.overdue(), run.latest());
        aims.assertThat(flap).as("flapping").isEmpty();
        aims.assertThat(pods.overdue()).as("not stopped within their grace").isZero();
    }

    private WorkerPods pods(Site site, Deque<ServiceProcess> parked) {
        long grace = manifests
                .workload("memory-worker")
                .podSpec()
                .path("terminationGracePeriodSeconds")
                .asLong();
        return new WorkerPods(parked, POD_START, site.time().real((double) grace));
    }

    private static double secondsUntilLastTaken(Site site) {
        return site.system()
                .database()
                .rows(
                        "SELECT extract(epoch FROM started_at - created_at) FROM memory.memory_job ORDER BY id DESC"
                                + " LIMIT 1",
                        row -> row.getDouble(1))
                .getFirst();
    }

    private static String secondsOfJobs(Site site, String condition) {
        return site.system()
                .database()
                .rows(
                        """
                        SELECT extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY finished_at - started_at)),
                               extract(epoch FROM percentile_cont(0.5) WITHIN GROUP (ORDER BY finished_at - created_at)),
                               extract(epoch FROM percentile_cont(0.95) WITHIN GROUP (ORDER BY finished_at - created_at))
                          FROM memory.memory_job WHERE %s
                        """.formatted(condition),
                        row -> "%.1f s of work in the median, done %.0f s after they came, 95 %% within %.0f s"
                                .formatted(
                                        site.time().seconds(row.getDouble(1)),
                                        site.time().seconds(row.getDouble(2)),
                                        site.time().seconds(row.getDouble(3))))
                .getFirst();
    }

    private static double max(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    private void say(String format, Object... arguments) {
        String line = format.formatted(arguments);
        System.out.println("Drill: " + line);
        report.add("- " + line);
    }

    private void write() throws IOException {
        Files.write(Project.current().target().resolve("drill-report.md"), report);
    }
}
