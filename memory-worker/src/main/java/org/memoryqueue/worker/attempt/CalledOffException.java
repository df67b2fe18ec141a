package org.memoryqueue.worker.attempt;

/** Ends the work on a job that this worker does not hold any more. */
final class CalledOffException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HeldJob.CallOff reason;

    CalledOffException(HeldJob.CallOff reason) {
        super("called off", null, false, false);
        this.reason = reason;
    }

    HeldJob.CallOff reason() {
        return reason;
    }
}
