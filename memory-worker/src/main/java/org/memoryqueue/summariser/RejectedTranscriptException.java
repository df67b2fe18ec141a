package org.memoryqueue.summariser;

/** A model will not take this one transcript, however often it is asked; other transcripts are not concerned. */
public final class RejectedTranscriptException extends SummariserException {

    private static final long serialVersionUID = 1L;

    public RejectedTranscriptException(String reason) {
        super(reason, null);
    }
}
