package org.memoryqueue.worker.attempt;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Timers that go off when a test says so. */
final class ManualTimers extends ScheduledThreadPoolExecutor {

    private record Timer(Runnable task, ScheduledFuture<?> future) {}

    private final List<Timer> timers = new CopyOnWriteArrayList<>();

    ManualTimers() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        ScheduledFuture<?> never = super.schedule(() -> {}, 1_000, TimeUnit.DAYS);
        timers.add(new Timer(task, never));
        return never;
    }

    /** How many were ever set. */
    int set() {
        return timers.size();
    }

    long running() {
        return timers.stream().filter(timer -> !timer.future().isDone()).count();
    }

    /** The time of all that are running is up. */
    void elapse() {
        timers.stream().filter(timer -> !timer.future().isDone()).forEach(timer -> {
            timer.future().cancel(false);
            timer.task().run();
        });
    }
}
