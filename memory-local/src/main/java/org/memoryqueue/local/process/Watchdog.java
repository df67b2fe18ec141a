package org.memoryqueue.local.process;

import java.io.IOException;

/**
 * A shell that stops one child when this JVM is gone, for systems without a parent-death signal. It waits for the end of
 * its standard input, a pipe that only this JVM holds open and that the kernel closes however the JVM ends.
 */
final class Watchdog implements AutoCloseable {
    private static final String SCRIPT = "trap '' INT HUP TERM; cat >/dev/null; kill -\"$0\" \"$1\" 2>/dev/null";

    private final Process shell;

    Watchdog(Process shell) {
        this.shell = shell;
    }

    static Watchdog over(long pid, StopSignal signal) throws IOException {
        return new Watchdog(shell(pid, signal));
    }

    static Process shell(long pid, StopSignal signal) throws IOException {
        return new ProcessBuilder("sh", "-c", SCRIPT, signal.name(), Long.toString(pid))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** To be called as soon as the child has ended: its process id may be given to somebody else. */
    @Override
    public void close() {
        // First the shell: were its cat to end before it, it would go on to the kill. The cat ends with the pipe.
        shell.destroyForcibly();
        try {
            shell.getOutputStream().close();
        } catch (IOException ignored) {
            // Nothing was ever written, so there is nothing to flush that could fail.
        }
    }
}
