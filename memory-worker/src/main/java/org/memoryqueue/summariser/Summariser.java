package org.memoryqueue.summariser;

import io.smallrye.mutiny.Uni;
import org.memoryqueue.memory.Summary;
import org.memoryqueue.transcript.Transcript;

/**
 * Turns a transcript into a summary. The seam for users who bring a model of their own: an implementation must not
 * block, must be cancellable, and must fail rather than make something up.
 */
public interface Summariser {

    /**
     * Summarises one transcript.
     *
     * @param transcript what was said; at least one message of the student
     * @return the summary, never null; a failure when there is none
     */
    Uni<Summary> summarise(Transcript transcript);

    /**
     * Summarises one transcript in calls that are guarded one by one. Unless overridden the whole is one call; a summariser
     * that asks several times for one transcript thus repeats only what has failed.
     *
     * @param calls through which each call is made, and told what it used
     */
    default Uni<Summary> summarise(Transcript transcript, Calls calls) {
        return calls.make(() -> summarise(transcript));
    }
}
