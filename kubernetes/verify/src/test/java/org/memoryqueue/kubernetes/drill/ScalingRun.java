package org.memoryqueue.kubernetes.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.memoryqueue.kubernetes.scaling.Formula;
import org.memoryqueue.kubernetes.scaling.ScalingController;
import org.memoryqueue.kubernetes.scaling.WorkerScaler;

/** The controller at work, second by second of compressed time: it looks at the queue, and the pods become what it says. */
final class ScalingRun {

    /**
     * A second.
     *
     * @param at which, from 0
     * @param pods how many there are
     * @param running how many of them take jobs
     * @param backlog what waits and what is in flight
     */
    record Second(int at, int pods, int running, long backlog) {}

    private final CompressedTime time;
    private final ScalingController controller;
    private final Formula formula;
    private final Backlog backlog;
    private final WorkerPods pods;
    private final List<Second> trace = new ArrayList<>();
    private final long begin = System.nanoTime();
    private long latestNanos;

    ScalingRun(CompressedTime time, WorkerScaler scaler, Backlog backlog, WorkerPods pods) {
        this.time = time;
        this.controller = new ScalingController(scaler);
        this.formula = Formula.of(scaler);
        this.backlog = backlog;
        this.pods = pods;
    }

    /** Goes on until a second is as wanted, and returns it. */
    Second until(String what, int mostSeconds, Predicate<Second> wanted) throws IOException {
        int end = now() + mostSeconds;
        while (now() < end) {
            Second second = step();
            if (wanted.test(second)) {
                return second;
            }
        }
        throw new AssertionError(what + ": not within " + mostSeconds + " s; " + steps());
    }

    /** Goes on until just after KEDA has looked: what comes now waits longest. */
    void untilPolled() throws IOException {
        until("a look of KEDA", 60, second -> controller.polls(second.at()));
    }

    /** Goes on for so long. */
    void pass(int seconds) throws IOException {
        int end = now() + seconds;
        until("time", seconds + 1, second -> second.at() >= end);
    }

    /** The second that comes. */
    int now() {
        return trace.size();
    }

    List<Second> trace() {
        return List.copyOf(trace);
    }

    /** How much later than due the latest second was, in seconds. */
    double latest() {
        return time.seconds(latestNanos / 1e9);
    }

    /** The numbers of pods, each with the second from which on it was so. */
    String steps() {
        StringBuilder steps = new StringBuilder();
        int pods = -1;
        for (Second second : trace) {
            if (second.pods() != pods) {
                pods = second.pods();
                steps.append(steps.isEmpty() ? "" : ", ")
                        .append(pods)
                        .append(" at ")
                        .append(second.at());
            }
        }
        return steps.toString();
    }

    private Second step() throws IOException {
        int now = now();
        long due = begin + time.real(now).toNanos();
        while (System.nanoTime() < due) {
            LockSupport.parkNanos(due - System.nanoTime());
        }
        latestNanos = Math.max(latestNanos, System.nanoTime() - due);
        pods.startDue(now);
        Map<String, Long> lengths = backlog.lengths();
        pods.scaleTo(controller.decide(now, pods.size(), formula.workers(lengths)), now);
        Second second = new Second(
                now,
                pods.size(),
                pods.running(),
                lengths.values().stream().mapToLong(Long::longValue).sum());
        trace.add(second);
        return second;
    }
}
