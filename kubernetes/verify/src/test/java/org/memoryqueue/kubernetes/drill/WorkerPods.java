package org.memoryqueue.kubernetes.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.memoryqueue.worker.system.ServiceProcess;

/**
 * The Deployment of the workers, with a process for each pod. Starting a pod takes a parked worker and lets it go on when
 * the time to start is over; a pod that was killed starts again at once, with another worker; the last to come goes first,
 * by SIGTERM, and SIGKILL after its grace.
 */
final class WorkerPods {

    private static final int SIGKILLED = 128 + 9;

    private final Deque<ServiceProcess> parked;
    private final int startSeconds;
    private final Duration grace;
    private final List<Pod> pods = new ArrayList<>();
    private final List<CountDownLatch> terminations = new ArrayList<>();
    private final AtomicInteger terminated = new AtomicInteger();
    private final AtomicInteger overdue = new AtomicInteger();

    private record Pod(ServiceProcess worker, int readyAt, boolean running) {}

    /**
     * None yet.
     *
     * @param parked workers that do nothing, and go on when they are thawed
     * @param startSeconds from a decision to a worker that takes jobs
     * @param grace in real time
     */
    WorkerPods(Deque<ServiceProcess> parked, int startSeconds, Duration grace) {
        this.parked = parked;
        this.startSeconds = startSeconds;
        this.grace = grace;
    }

    int size() {
        return pods.size();
    }

    int running() {
        return (int) pods.stream().filter(Pod::running).count();
    }

    /** How many were told to stop, and have. */
    int terminated() {
        return terminated.get();
    }

    /** How many of them had not stopped within their grace. */
    int overdue() {
        return overdue.get();
    }

    /** Lets those go on whose time to start is over. */
    void startDue(int now) {
        pods.replaceAll(pod -> {
            if (pod.running() || now < pod.readyAt()) {
                return pod;
            }
            pod.worker().thaw();
            return new Pod(pod.worker(), pod.readyAt(), true);
        });
    }

    /** Adds pods, or takes those away that came last. */
    void scaleTo(int count, int now) {
        while (pods.size() < count) {
            pods.add(starting(now));
        }
        while (pods.size() > count) {
            Pod last = pods.removeLast();
            if (last.running()) {
                terminate(last.worker());
            } else {
                parked.push(last.worker());
            }
        }
    }

    /** {@code kill -9} of a worker that runs. */
    void killOne(Random random, int now) {
        List<Integer> victims = new ArrayList<>();
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).running()) {
                victims.add(i);
            }
        }
        int victim = victims.get(random.nextInt(victims.size()));
        pods.get(victim).worker().kill();
        pods.set(victim, starting(now));
    }

    /** Takes all pods away, and keeps their workers for others. */
    void reuse(Consumer<List<ServiceProcess>> park) {
        List<ServiceProcess> workers = pods.stream().map(Pod::worker).toList();
        park.accept(workers);
        parked.addAll(workers);
        pods.clear();
    }

    /** Waits for those that were told to stop. */
    void awaitTerminations() throws InterruptedException {
        for (CountDownLatch termination : terminations) {
            termination.await();
        }
    }

    private Pod starting(int now) {
        if (parked.isEmpty()) {
            throw new AssertionError("More workers were wanted than are parked");
        }
        return new Pod(parked.pop(), now + startSeconds, false);
    }

    private void terminate(ServiceProcess worker) {
        CountDownLatch termination = new CountDownLatch(1);
        terminations.add(termination);
        Thread.ofVirtual().name("terminate-" + worker.pid()).start(() -> {
            worker.stop(grace);
            if (worker.exitCode(grace) == SIGKILLED) {
                overdue.incrementAndGet();
            }
            terminated.incrementAndGet();
            termination.countDown();
        });
    }
}
