package org.memoryqueue.lease;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;

/**
 * What became of the jobs that a worker asked for: each is either leased, or refused with the reason.
 *
 * @param leased the jobs that are now the worker's
 * @param refused the others
 */
public record Claim(List<Lease> leased, List<Refused> refused) {

    /** A job that was not leased. */
    public record Refused(long jobId, Refusal reason) {}

    /** Why a job was not leased. */
    public sealed interface Refusal {

        /** Whether nothing is left to do for the job, so that its entry in the index can go. */
        default boolean isFinal() {
            return switch (this) {
                case Missing missing -> true;
                case Ended ended -> true;
                case Held held -> false;
                case NotDue notDue -> true;
                case Halted halted -> false;
                case Suspect suspect -> false;
            };
        }
    }

    /** There is no such job: it was pruned or erased. */
    public record Missing() implements Refusal {}

    /** It has ended. */
    public record Ended(JobState state) implements Refusal {}

    /** Another holds it until then, or is about to: null when its row is only locked at this moment. */
    public record Held(@Nullable Instant until) implements Refusal {}

    /** It is delayed until then; its entry comes back when it is promoted. */
    public record NotDue(Instant runAt) implements Refusal {}

    /** The queue is paused or drained. */
    public record Halted() implements Refusal {}

    /** Its leases were lost too often: it must run alone. */
    public record Suspect() implements Refusal {}
}
