package org.memoryqueue.commit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop whose time passes when a test says so. */
final class ManualLoop implements Loop {

    private record Timer(Duration due, long number, Runnable task) {}

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Queue<Timer> timers =
            new PriorityQueue<>(Comparator.comparing(Timer::due).thenComparing(Timer::number));
    private Duration now = Duration.ZERO;
    private long timersSet;

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public void after(Duration delay, Runnable task) {
        timers.add(new Timer(now.plus(delay), timersSet++, task));
    }

    /** Runs what is ready, and what that makes ready. */
    void run() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    /** Lets time pass. */
    void pass(Duration time) {
        run();
        now = now.plus(time);
        while (!timers.isEmpty() && timers.element().due().compareTo(now) <= 0) {
            execute(timers.remove().task());
            run();
        }
    }
}
