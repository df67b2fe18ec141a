package org.memoryqueue.local.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Starts every child from one thread that lives as long as this JVM. The kernel sends the parent-death signal when the
 * <em>thread</em> that started the child ends, so a child started from a pool or a virtual thread would be stopped at
 * random.
 */
final class Spawner {
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("spawner").daemon().factory());

    private static final boolean HAS_SETSID = works("setsid", "true");
    private static final boolean HAS_PARENT_DEATH_SIGNAL = works("setpriv", "--pdeathsig", "TERM", "true");

    private Spawner() {}

    static Process spawn(ProcessBuilder builder) throws IOException {
        Future<Process> spawned = THREAD.submit(builder::start);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return spawned.get();
                } catch (InterruptedException e) {
                    // It takes a moment only, and a process that nobody knows of would never be stopped.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The command in a session of its own, so that Ctrl-C in the terminal reaches only the launcher, and bound to the
     * launcher's life. Both programs replace themselves by the command, so the process id is the command's. Where they
     * are missing (macOS), Ctrl-C reaches the children too, which then stop in any order, and a {@link Watchdog} ends
     * them when the launcher is killed.
     */
    static List<String> leashed(List<String> command, StopSignal signal) {
        List<String> leashed = new ArrayList<>();
        if (HAS_SETSID) {
            leashed.add("setsid");
        }
        if (HAS_PARENT_DEATH_SIGNAL) {
            leashed.addAll(List.of("setpriv", "--pdeathsig", signal.name()));
        }
        leashed.addAll(command);
        return leashed;
    }

    static boolean needsWatchdog() {
        return !HAS_PARENT_DEATH_SIGNAL;
    }

    /** Whether the command exists here and takes these arguments: a busybox knows fewer than util-linux. */
    static boolean works(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
