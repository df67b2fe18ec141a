package org.memoryqueue.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Waits until a child that has been started does its work. */
public final class Readiness {
    private static final int LINES_SHOWN = 12;

    private Readiness() {}

    /**
     * Returns when {@code ready} holds. When that does not happen, the child is dead afterwards.
     *
     * @throws IOException when the child ends first, or {@code patience} is used up; the message has its last lines
     */
    public static void await(String name, Child child, Duration patience, Duration poll, BooleanSupplier ready)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!ready.getAsBoolean()) {
            if (endsWithin(child, poll.toMillis())) {
                throw new IOException(name + " ended while it was starting" + lastLines(child));
            }
            if (System.nanoTime() - deadline > 0) {
                child.kill();
                throw new IOException(name + " was not ready after " + patience.toSeconds() + " s" + lastLines(child));
            }
        }
    }

    private static boolean endsWithin(Child child, long millis) throws IOException {
        try {
            child.onExit().get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting", e);
        }
    }

    private static String lastLines(Child child) {
        List<String> lines = child.lastLines();
        List<String> shown = lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        return shown.isEmpty() ? "" : "; its last lines:\n  " + String.join("\n  ", shown);
    }
}
