package org.memoryqueue.local.process;

import java.io.IOException;

/** Closes a server with temporary data when the JVM ends before its owner closed it, as tests do. */
public final class ExitHook {
    private final Thread thread;

    private ExitHook(Thread thread) {
        this.thread = thread;
    }

    public static ExitHook closing(Service service) {
        Thread thread = new Thread(() -> close(service), "close " + service.name());
        Runtime.getRuntime().addShutdownHook(thread);
        return new ExitHook(thread);
    }

    public void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is ending, and this is called from the hook itself.
        }
    }

    private static void close(Service service) {
        try {
            service.close();
        } catch (IOException e) {
            System.err.println(service.name() + " left temporary files behind: " + e.getMessage());
        }
    }
}
