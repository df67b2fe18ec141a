package org.memoryqueue.kubernetes.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.worker.system.ServiceProcess;

/**
 * A shell that lets frozen workers go on when this JVM is gone, however it ended: a process that is frozen does not hear
 * that it is to end. It waits for the end of its standard input, a pipe that only this JVM holds open.
 */
final class Waker implements AutoCloseable {

    private static final String SCRIPT = "trap '' INT HUP TERM; cat >/dev/null; kill -CONT \"$@\" 2>/dev/null";

    private final Process shell;

    Waker(List<ServiceProcess> workers) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "waker"));
        workers.forEach(worker -> command.add(String.valueOf(worker.pid())));
        shell = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** To be called while the workers that live still have their process ids. */
    @Override
    public void close() throws IOException {
        shell.getOutputStream().close();
    }
}
