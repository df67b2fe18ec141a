package org.memoryqueue.local;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.memoryqueue.local.process.Service;

/** The services that run: started by role, supervised, and stopped in the order of the roles. */
final class Fleet {
    private static final int MILLIS_FOR_A_START_TO_BREAK_OFF = 500;

    private final Console console;
    private final Runnable onRestart;
    private final Map<Role, List<Service>> running = new EnumMap<>(Role.class);

    /** Threads that may be starting a process right now. */
    private final Set<Thread> starting = ConcurrentHashMap.newKeySet();

    private volatile boolean stopping;

    Fleet(Console console, Runnable onRestart) {
        this.console = console;
        this.onRestart = onRestart;
    }

    /** Starts services side by side, and returns when all are ready, in the order given. */
    <S extends Service> List<S> start(Role role, List<? extends Callable<S>> starts) throws Exception {
        List<FutureTask<S>> tasks = new ArrayList<>();
        for (Callable<S> start : starts) {
            FutureTask<S> task = new FutureTask<>(() -> admit(role, start.call()));
            tasks.add(task);
            watch(Thread.ofPlatform().daemon().name("start " + role).unstarted(task));
        }
        List<S> started = new ArrayList<>();
        for (FutureTask<S> task : tasks) {
            started.add(result(task));
        }
        return started;
    }

    <S extends Service> S start(Role role, Callable<S> start) throws Exception {
        return start(role, List.of(start)).getFirst();
    }

    boolean isStopping() {
        return stopping;
    }

    /** Stops everything within five seconds, and says how long each role took. */
    void stop() {
        long begin = System.nanoTime();
        stopping = true;
        breakOffStarts();
        for (Role role : Role.values()) {
            List<Service> services = inRole(role);
            if (!services.isEmpty()) {
                stop(role, services, begin);
            }
        }
    }

    private void stop(Role role, List<Service> services, long begin) {
        List<Thread> stops = services.stream()
                .map(service -> Thread.ofPlatform()
                        .start(() -> service.stop(role.stoppedBy().minusNanos(System.nanoTime() - begin))))
                .toList();
        stops.forEach(Fleet::join);
        services.forEach(service -> console.say("stopped " + service.name()));
    }

    private void breakOffStarts() {
        starting.forEach(Thread::interrupt);
        for (Thread thread : starting) {
            try {
                thread.join(MILLIS_FOR_A_START_TO_BREAK_OFF);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <S extends Service> S admit(Role role, S service) throws InterruptedException {
        synchronized (running) {
            if (!stopping) {
                running.computeIfAbsent(role, any -> new ArrayList<>()).add(service);
                Supervisor supervisor = new Supervisor(service, console, onRestart, this::isStopping);
                watch(Thread.ofPlatform()
                        .daemon()
                        .name("supervise " + service.name())
                        .unstarted(supervisor));
                return service;
            }
        }
        service.stop(Role.WORKER.stoppedBy());
        throw new InterruptedException("Stopping");
    }

    private List<Service> inRole(Role role) {
        synchronized (running) {
            return List.copyOf(running.getOrDefault(role, List.of()));
        }
    }

    private void watch(Thread thread) {
        starting.add(thread);
        thread.start();
    }

    private static <S> S result(FutureTask<S> task) throws Exception {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
