package org.memoryqueue.worker.attempt;

/** Ends an attempt that has come no step forward for too long, with all retries of a call. */
final class DeadlineExceededException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DeadlineExceededException() {
        super("deadline exceeded", null, false, false);
    }
}
