package org.memoryqueue.local.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Something that runs as one child process at a time and can be started again: Postgres, Redis, or one of our own. */
public interface Service extends AutoCloseable {
    String name();

    /** The process that runs now, or ran last. */
    long pid();

    /** Completes with the exit code of the process that runs now. */
    CompletableFuture<Integer> onExit();

    /** What the process printed last, oldest line first. */
    List<String> lastLines();

    /** Starts it again where it was, and returns when it is ready. */
    void restart() throws IOException;

    /** Asks it to stop, and kills it when it is still there after {@code grace}. */
    void stop(Duration grace);

    @Override
    void close() throws IOException;
}
