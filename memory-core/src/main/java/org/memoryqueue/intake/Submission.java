package org.memoryqueue.intake;

import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Fingerprint;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/**
 * A session that is handed in.
 *
 * @param transcript what was said; at least one message of the student
 * @param fingerprint the transcript's fingerprint
 * @param priority which jobs it goes with
 */
public record Submission(Transcript transcript, Fingerprint fingerprint, Priority priority) {

    /** The session it belongs to. */
    public Session session() {
        return transcript.session();
    }

    /** Computes fingerprint and priority of a transcript. */
    public static Submission of(Transcript transcript, PriorityConfig config) {
        int messages = transcript.messageCount();
        Priority priority = messages > config.highAbove()
                ? Priority.HIGH
                : messages < config.lowBelow() ? Priority.LOW : Priority.NORMAL;
        return new Submission(transcript, Fingerprint.of(transcript.messages()), priority);
    }
}
