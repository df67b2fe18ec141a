package org.memoryqueue.worker.attempt;

/** Ends an attempt that has taken too long, with all its retries. */
final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeadlineExceededException() {
        super("deadline exceeded", null, false, false);
    }
}
