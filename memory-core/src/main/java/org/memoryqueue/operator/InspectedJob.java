package org.memoryqueue.operator;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.Stage;
import org.memoryqueue.usage.Usage;

/**
 * All that an operator needs to know of a job. Holds nothing of its transcript but how long it is.
 *
 * @param listed what a list shows, too
 * @param sessionStart when the session began
 * @param acceptedAt when this revision was handed in
 * @param messageCount messages of student and tutor
 * @param studentMessageCount messages of the student
 * @param stage how far the running attempt is; means nothing while none runs
 * @param memoryId the memory of its session, null until it is completed
 * @param runAt from when on it is due
 * @param hold who has it, null while nobody does
 * @param trouble what happened to its leases
 * @param outage for what it is postponed, null while it is not
 * @param usage of a language model, over all its attempts; null where none was called
 * @param attempts its leases, oldest first; of many only the latest
 */
public record InspectedJob(
        ListedJob listed,
        OffsetDateTime sessionStart,
        OffsetDateTime acceptedAt,
        int messageCount,
        int studentMessageCount,
        Stage stage,
        @Nullable UUID memoryId,
        OffsetDateTime runAt,
        @Nullable Hold hold,
        Trouble trouble,
        @Nullable Outage outage,
        @Nullable Usage usage,
        List<JobAttempt> attempts) {

    /** A worker's lease, until when. */
    public record Hold(String worker, OffsetDateTime until, boolean alone) {}

    /**
     * Leases that were lost with their workers.
     *
     * @param lostLeases all of them
     * @param lostAlone those that were lost while the job ran alone
     * @param suspect whether it is only leased to run alone
     */
    public record Trouble(int lostLeases, int lostAlone, boolean suspect) {}

    /** How often in a row it was postponed, since when, and for what: a word of the error codes. */
    public record Outage(int times, OffsetDateTime since, String code) {}
}
