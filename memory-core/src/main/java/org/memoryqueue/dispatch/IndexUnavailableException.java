package org.memoryqueue.dispatch;

/**
 * Redis cannot serve at the moment: it is away, silent, loading, out of memory, without a master, or all connections to
 * it are taken. It says nothing about whether the call had an effect. The cause is what the client or Redis said. A
 * mistake in a command, and a group that does not exist, are no such trouble.
 */
public final class IndexUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IndexUnavailableException(Throwable cause) {
        super("Redis cannot serve: " + firstLine(cause.toString()), cause);
    }

    /** A batch fails with a line for each of its commands. */
    private static String firstLine(String failure) {
        return failure.lines().findFirst().orElse("");
    }
}
