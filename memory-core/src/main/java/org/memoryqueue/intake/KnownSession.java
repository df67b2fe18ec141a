package org.memoryqueue.intake;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Fingerprint;

/**
 * What the database knows of a session when it is handed in again.
 *
 * @param job its current job, null once that is pruned
 * @param memory what is remembered of it, null if nothing is
 */
record KnownSession(@Nullable KnownJob job, @Nullable KnownMemory memory) {

    record KnownJob(long id, JobState state, int revision, Priority priority, Fingerprint fingerprint) {}

    record KnownMemory(
            UUID id, long jobId, int revision, OffsetDateTime createdAt, int messageCount, Fingerprint fingerprint) {}

    /** What is to be done with a hand-in. */
    sealed interface Decision {

        /** Nothing: it is known. */
        record Known(Acceptance answer) implements Decision {}

        /** The waiting job takes the new transcript over. */
        record TakeOver(KnownJob job, int revision) implements Decision {}

        /** A new job replaces the current one, if there is one. */
        record Replace(@Nullable KnownJob job, int revision) implements Decision {}
    }

    /** Whether the job that is held, or none, is the current one: nothing else may be decided about. */
    boolean hasCurrent(Optional<Long> held) {
        return Optional.ofNullable(job).map(KnownJob::id).equals(held);
    }

    /**
     * Decides by the rules of the session: equal to, or a prefix of, what is known is a duplicate; anything else is a
     * new revision, which a waiting job takes over in place and for which a new job is made otherwise. A job that failed
     * or was cancelled knows nothing.
     */
    Decision decide(Fingerprint handedIn) {
        if (memory != null && handedIn.isPrefixOf(memory.fingerprint())) {
            return new Decision.Known(
                    new Acceptance.Remembered(memory.jobId(), memory.id(), memory.createdAt(), memory.messageCount()));
        }
        if (job != null && !job.state().isTerminal() && handedIn.isPrefixOf(job.fingerprint())) {
            return new Decision.Known(new Acceptance.UnderWay(job.id()));
        }
        if (job != null && job.state() == JobState.QUEUED) {
            return new Decision.TakeOver(job, nextRevision());
        }
        return new Decision.Replace(job, nextRevision());
    }

    private int nextRevision() {
        int ofJob = job == null ? 0 : job.revision();
        int ofMemory = memory == null ? 0 : memory.revision();
        return Math.max(ofJob, ofMemory) + 1;
    }
}
