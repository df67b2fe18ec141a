package org.memoryqueue.kubernetes.scaling;

/**
 * KEDA and the HPA together: KEDA takes the first pod from zero and the last one to zero; between, the HPA decides. To be
 * asked at every second in turn.
 */
public final class ScalingController {

    private final WorkerScaler scaler;
    private final PodAutoscaler autoscaler;
    private int lastWork;

    /** Nobody has worked before second 0. */
    public ScalingController(WorkerScaler scaler) {
        this.scaler = scaler;
        this.autoscaler = new PodAutoscaler(scaler.minimum(), scaler.maximum(), scaler.behaviour());
    }

    /** Whether KEDA looks in that second; not in second 0, so that a job that comes then waits longest. */
    public boolean polls(int now) {
        return scaler.isKeda() && now > 0 && now % scaler.pollingSeconds() == 0;
    }

    /**
     * What is decided in a second.
     *
     * @param now which second
     * @param pods how many there are
     * @param usage of how many the work is
     * @return how many there are to be
     */
    public int decide(int now, int pods, double usage) {
        lastWork = usage > 0 ? now : lastWork;
        if (pods == 0) {
            return polls(now) && usage > 0 ? 1 : 0;
        }
        if (polls(now) && scaler.minimum() == 0 && now - lastWork > scaler.cooldownSeconds()) {
            return 0;
        }
        return now % PodAutoscaler.SYNC_SECONDS == 0 ? autoscaler.sync(now, pods, usage) : pods;
    }
}
