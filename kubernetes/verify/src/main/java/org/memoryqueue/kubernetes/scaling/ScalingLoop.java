package org.memoryqueue.kubernetes.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * The loop of queue, scaler and workers, in steps of a second: what KEDA and the HPA would make of a backlog, and what that
 * does to the backlog.
 */
final class ScalingLoop {

    /**
     * What happens to the queue.
     *
     * @param backlog jobs that wait at the start
     * @param arrivalsPerSecond jobs that come each second
     * @param podStartSeconds from a decision to a worker that takes jobs
     */
    record Load(double backlog, double arrivalsPerSecond, int podStartSeconds) {}

    /**
     * One second.
     *
     * @param at which
     * @param pods how many there are, ready or not
     * @param backlog what waits and what is in flight
     */
    record Second(int at, int pods, double backlog) {}

    private final ScalingController controller;
    private final double podsPerJob;
    private final double jobsPerPodAndSecond;

    /**
     * @param scaler the manifest's
     * @param sizing its numbers
     * @param divisor of the priority that all jobs have
     */
    ScalingLoop(WorkerScaler scaler, Sizing sizing, int divisor) {
        this.controller = new ScalingController(scaler);
        this.podsPerJob = 1.0 / divisor;
        this.jobsPerPodAndSecond = (double) sizing.slots() / sizing.meanJobSeconds();
    }

    /** What happens within that time, from that many pods on. */
    List<Second> run(int pods, int seconds, Load load) {
        List<Second> trace = new ArrayList<>();
        List<Integer> startedAt = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            startedAt.add(-load.podStartSeconds());
        }
        double backlog = load.backlog();
        for (int now = 0; now < seconds; now++) {
            int decided = controller.decide(now, startedAt.size(), backlog * podsPerJob);
            while (startedAt.size() < decided) {
                startedAt.add(now);
            }
            while (startedAt.size() > decided) {
                startedAt.removeLast();
            }
            trace.add(new Second(now, startedAt.size(), backlog));
            int second = now;
            long ready = startedAt.stream()
                    .filter(at -> second >= at + load.podStartSeconds())
                    .count();
            backlog = Math.max(0, backlog + load.arrivalsPerSecond() - ready * jobsPerPodAndSecond);
        }
        return trace;
    }

    /** The numbers of pods, each once as long as it stays. */
    static List<Integer> steps(List<Second> trace) {
        List<Integer> steps = new ArrayList<>();
        for (Second second : trace) {
            if (steps.isEmpty() || steps.getLast() != second.pods()) {
                steps.add(second.pods());
            }
        }
        return steps;
    }
}
