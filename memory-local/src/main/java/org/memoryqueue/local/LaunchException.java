package org.memoryqueue.local;

/** A reason not to start, or not to go on, in words for the person at the terminal. */
final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private LaunchException(String message, int exitCode) {
        super(message);
        this.exitCode = exitCode;
    }

    static LaunchException because(String message) {
        return new LaunchException(message, 1);
    }

    static LaunchException misused(String message) {
        return new LaunchException(message + " (./run --help shows what there is)", 2);
    }

    /** The message of any exception, or its name when it has none. */
    static String words(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message;
    }

    int exitCode() {
        return exitCode;
    }
}
