package org.memoryqueue.summariser;

/**
 * A model answered, and what it said is no summary. It may say something else when it is asked again; when it does not,
 * the job fails with this reason.
 */
public final class InvalidAnswerException extends SummariserException {

    private static final long serialVersionUID = 1L;

    public InvalidAnswerException(String reason) {
        super(reason, null);
    }
}
