package org.memoryqueue.kubernetes.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * The loop of queue, scaler and workers, in steps of a second: what KEDA and the HPA would make of a backlog, and what that
 * does to the backlog. KEDA takes the first pod from zero and the last one to zero; between, the HPA decides.
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

    private final WorkerScaler scaler;
    private final PodAutoscaler autoscaler;
    private final double podsPerJob;
    private final double jobsPerPodAndSecond;

    /**
     * @param scaler the manifest's
     * @param sizing its numbers
     * @param divisor of the priority that all jobs have
     */
    ScalingLoop(WorkerScaler scaler, Sizing sizing, int divisor) {
        this.scaler = scaler;
        this.autoscaler = new PodAutoscaler(scaler.minimum(), scaler.maximum(), scaler.behaviour());
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
        int idleSince = 0;
        for (int now = 0; now < seconds; now++) {
            int decided = decide(now, startedAt.size(), backlog, idleSince);
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
            idleSince = backlog > 0 ? now + 1 : idleSince;
        }
        return trace;
    }

    private int decide(int now, int pods, double backlog, int idleSince) {
        if (pods == 0) {
            // The worst case: the look before was just over when the first job came.
            boolean looks = scaler.isKeda() && (now + 1) % scaler.pollingSeconds() == 0;
            return looks && backlog > 0 ? 1 : 0;
        }
        if (scaler.isKeda() && scaler.minimum() == 0 && backlog == 0 && now - idleSince > scaler.cooldownSeconds()) {
            return 0;
        }
        return now % PodAutoscaler.SYNC_SECONDS == 0 ? autoscaler.sync(now, pods, backlog * podsPerJob) : pods;
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
