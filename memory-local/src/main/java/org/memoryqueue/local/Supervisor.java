package org.memoryqueue.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.memoryqueue.local.process.Service;

/** Starts one service again whenever it has ended without being asked to. */
final class Supervisor implements Runnable {
    private static final int LINES_SHOWN = 12;

    private final Service service;
    private final Console console;
    private final Runnable onRestart;
    private final BooleanSupplier stopping;
    private final Backoff backoff = new Backoff();

    Supervisor(Service service, Console console, Runnable onRestart, BooleanSupplier stopping) {
        this.service = service;
        this.console = console;
        this.onRestart = onRestart;
        this.stopping = stopping;
    }

    @Override
    public void run() {
        try {
            while (!stopping.getAsBoolean()) {
                long born = System.nanoTime();
                int exitCode = service.onExit().get();
                if (!stopping.getAsBoolean()) {
                    report(exitCode);
                    restart(Duration.ofNanos(System.nanoTime() - born));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            console.say(service.name() + " is no longer watched: " + e.getCause());
        }
    }

    private void restart(Duration life) throws InterruptedException {
        Duration lived = life;
        while (true) {
            Duration pause = backoff.after(lived);
            console.say("starting " + service.name() + " again in " + pause.toSeconds() + " s");
            Thread.sleep(pause);
            try {
                service.restart();
                onRestart.run();
                console.say(service.name() + " is back, process " + service.pid());
                return;
            } catch (IOException e) {
                if (stopping.getAsBoolean()) {
                    return;
                }
                console.say(LaunchException.words(e));
                lived = Duration.ZERO;
            }
        }
    }

    private void report(int exitCode) {
        List<String> lines = service.lastLines();
        console.say(service.name() + " has ended by itself, with exit code " + exitCode
                + (lines.isEmpty() ? "" : "; its last lines:"));
        lines.stream()
                .skip(Math.max(0, lines.size() - LINES_SHOWN))
                .forEach(line -> console.print("          | " + line));
    }
}
