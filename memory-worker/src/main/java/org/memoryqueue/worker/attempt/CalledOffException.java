package org.memoryqueue.worker.attempt;

/** Ends the work on a job that this worker does not hold any more. */
final class CalledOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CalledOffException() {
        super("called off", null, false, false);
    }
}
