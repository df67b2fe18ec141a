package org.memoryqueue.kubernetes.scaling;

import java.util.List;
import java.util.OptionalInt;

/** Pods that come only to go again. */
public final class Flapping {

    private Flapping() {}

    /**
     * When it was first seen.
     *
     * @param pods how many there are, second by second
     * @param window how many seconds a pod that came should stay
     * @return the second at which some went that soon after others came
     */
    public static OptionalInt first(List<Integer> pods, int window) {
        int lastUp = -window;
        for (int at = 1; at < pods.size(); at++) {
            int change = pods.get(at) - pods.get(at - 1);
            if (change > 0) {
                lastUp = at;
            } else if (change < 0 && at - lastUp < window) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }
}
