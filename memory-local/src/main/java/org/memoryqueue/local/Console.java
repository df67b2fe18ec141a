package org.memoryqueue.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What the person at the terminal sees: one line per step, each with the seconds since the start. */
final class Console {
    private static final Duration REMINDER = Duration.ofSeconds(10);

    private final PrintStream out;
    private final long start = System.nanoTime();

    Console(PrintStream out) {
        this.out = out;
    }

    /** A step that may take its time. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws Exception;
    }

    synchronized void say(String line) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), line);
        out.flush();
    }

    synchronized void print(String text) {
        out.println(text);
        out.flush();
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Runs the step, and says every ten seconds that it still runs. */
    <T> T during(String what, Step<T> step) throws Exception {
        say(what);
        Thread reminder = Thread.ofPlatform().daemon().start(() -> {
            while (Pause.of(REMINDER)) {
                say(what + ": still at it; what it says is in .memory-local/logs");
            }
        });
        try {
            return step.run();
        } finally {
            reminder.interrupt();
        }
    }
}
