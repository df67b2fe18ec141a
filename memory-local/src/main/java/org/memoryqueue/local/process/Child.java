package org.memoryqueue.local.process;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A running child process: stopped by request, and by itself when this JVM ends, also by {@code kill -9}. */
public final class Child {
    private final Process process;
    private final StopSignal signal;
    private final Output output;
    private final CompletableFuture<Integer> exit;

    private Child(Process process, StopSignal signal, Output output, CompletableFuture<Integer> exit) {
        this.process = process;
        this.signal = signal;
        this.output = output;
        this.exit = exit;
    }

    /**
     * Starts a child.
     *
     * @param environment all of its environment variables
     * @throws IOException when the command cannot be started
     */
    public static Child start(
            List<String> command, Path directory, Map<String, String> environment, StopSignal signal, Output output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Spawner.leashed(command, signal))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = Spawner.spawn(builder);
        process.getOutputStream().close();
        CompletableFuture<Void> drained = output.follow(process.getInputStream());
        if (Spawner.needsWatchdog()) {
            process.onExit().thenRun(Watchdog.over(process.pid(), signal)::close);
        }
        return new Child(process, signal, output, exit(process, drained));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Completes with the exit code, 128 plus the signal's number when a signal ended it, once the last lines are read.
     */
    public CompletableFuture<Integer> onExit() {
        return exit.copy();
    }

    /** What it printed last, oldest line first. */
    public List<String> lastLines() {
        return output.lastLines();
    }

    /** Asks it to stop, and kills it when it is still there after {@code grace}. Returns when it is gone. */
    public void stop(Duration grace) {
        if (process.isAlive()) {
            ask();
        }
        if (!ended(grace)) {
            kill();
        }
    }

    /** Kills it and what it started, as {@code kill -9} does. Returns when it is gone. */
    public void kill() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
        ended(Duration.ofSeconds(10));
        descendants.forEach(Child::awaitEnd);
    }

    /** The end of the output is not waited for in full: a grandchild may hold the pipe open. */
    private static CompletableFuture<Integer> exit(Process process, CompletableFuture<Void> drained) {
        return process.onExit()
                .thenCompose(ended -> drained.copy()
                        .completeOnTimeout(null, 300, TimeUnit.MILLISECONDS)
                        .thenApply(nothing -> ended.exitValue()));
    }

    private void ask() {
        switch (signal) {
            case TERM -> process.destroy();
            // Java sends no other signal; the shell's own kill is there on every Unix.
            case INT -> Spawner.works("sh", "-c", "kill -INT \"$0\"", Long.toString(process.pid()));
        }
    }

    private boolean ended(Duration limit) {
        try {
            return process.waitFor(Math.max(0, limit.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static void awaitEnd(ProcessHandle handle) {
        handle.onExit().completeOnTimeout(handle, 5, TimeUnit.SECONDS).join();
    }
}
