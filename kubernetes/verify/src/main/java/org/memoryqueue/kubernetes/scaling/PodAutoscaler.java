package org.memoryqueue.kubernetes.scaling;

import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.kubernetes.scaling.Behaviour.Policy;

/**
 * The algorithm of Kubernetes' HorizontalPodAutoscaler for one External metric with an AverageValue target and
 * {@code spec.behavior}: the recommendation with its tolerance, the stabilisation windows, and the policies, in the order
 * in which the controller applies them (pkg/controller/podautoscaler, {@code normalizeDesiredReplicasWithBehaviors}).
 * Time is an argument, in seconds.
 */
final class PodAutoscaler {

    /** How often the controller looks (its flag {@code --horizontal-pod-autoscaler-sync-period}). */
    static final int SYNC_SECONDS = 15;

    /** Within which share of the target nothing is changed. */
    private static final double TOLERANCE = 0.1;

    private final int minimum;
    private final int maximum;
    private final Behaviour behaviour;
    private final List<Moment> recommendations = new ArrayList<>();
    private final List<Moment> ups = new ArrayList<>();
    private final List<Moment> downs = new ArrayList<>();

    /** A number at a time. */
    private record Moment(long at, int pods) {}

    /** An HPA has at least one pod; to zero and from it is KEDA's part. */
    PodAutoscaler(int minimum, int maximum, Behaviour behaviour) {
        this.minimum = Math.max(1, minimum);
        this.maximum = maximum;
        this.behaviour = behaviour;
    }

    /**
     * One look.
     *
     * @param now in seconds
     * @param current how many pods there are; not 0
     * @param usage the metric, of which each pod is to have 1
     * @return how many pods there are to be
     */
    int sync(long now, int current, double usage) {
        int recommended = recommend(current, usage);
        if (recommendations.isEmpty()) {
            recommendations.add(new Moment(now, current));
        }
        int stabilised = stabilise(now, current, recommended);
        int allowed = limit(now, current, stabilised);
        if (allowed > current) {
            ups.add(new Moment(now, allowed - current));
        } else if (allowed < current) {
            downs.add(new Moment(now, current - allowed));
        }
        return allowed;
    }

    private static int recommend(int current, double usage) {
        return Math.abs(1 - usage / current) <= TOLERANCE ? current : (int) Math.ceil(usage);
    }

    private int stabilise(long now, int current, int recommended) {
        int lowest = recommended;
        int highest = recommended;
        for (Moment earlier : recommendations) {
            if (earlier.at() > now - behaviour.up().stabilisationSeconds()) {
                lowest = Math.min(lowest, earlier.pods());
            }
            if (earlier.at() > now - behaviour.down().stabilisationSeconds()) {
                highest = Math.max(highest, earlier.pods());
            }
        }
        recommendations.add(new Moment(now, recommended));
        return current < lowest ? lowest : Math.min(current, highest);
    }

    private int limit(long now, int current, int wanted) {
        if (wanted > current) {
            int highest = behaviour.up().policies().stream()
                    .mapToInt(policy -> above(policy, atStart(now, current, policy)))
                    .max()
                    .orElse(maximum);
            return Math.min(wanted, Math.min(maximum, Math.max(current, highest)));
        }
        int lowest = behaviour.down().policies().stream()
                .mapToInt(policy -> below(policy, atStart(now, current, policy)))
                .min()
                .orElse(minimum);
        return Math.max(wanted, Math.max(minimum, Math.min(current, lowest)));
    }

    /** How many there were when the period of that policy began. */
    private int atStart(long now, int current, Policy policy) {
        return current - changed(ups, now, policy.periodSeconds()) + changed(downs, now, policy.periodSeconds());
    }

    private static int changed(List<Moment> events, long now, int period) {
        return events.stream()
                .filter(event -> event.at() > now - period)
                .mapToInt(Moment::pods)
                .sum();
    }

    private static int above(Policy policy, int start) {
        return policy.isPercent() ? (int) Math.ceil(start * (1 + policy.value() / 100.0)) : start + policy.value();
    }

    private static int below(Policy policy, int start) {
        return policy.isPercent() ? (int) (start * (1 - policy.value() / 100.0)) : start - policy.value();
    }
}
