package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.JobState;
import org.memoryqueue.operator.InspectedJob;
import org.memoryqueue.operator.JobAttempt;

/**
 * All about a job but its transcript. Times are epoch milliseconds.
 *
 * @param item what a list shows, too, beside the others
 * @param stage leased, summarising or storing; null while it does not run
 * @param progress 0 to 100, in percent
 * @param sessionStart when the session began
 * @param acceptedAt when this revision was handed in
 * @param runAt from when on it is due
 * @param memoryId the memory of its session, null until it is completed
 * @param lease who has it; null while nobody does
 * @param lostLeases leases that were lost with their workers
 * @param lostAlone those that were lost while the job ran alone
 * @param suspect whether it must run alone, for its leases were lost too often
 * @param outage for what it was postponed; null if it was not
 * @param usage of a language model, over all its attempts; null where none was called
 * @param attempts its leases, oldest first, of many only the latest
 */
public record JobDetails(
        @JsonUnwrapped JobItem item,
        @Nullable String stage,
        int progress,
        int messageCount,
        int studentMessageCount,
        long sessionStart,
        long acceptedAt,
        long runAt,
        @Nullable UUID memoryId,
        @Nullable HeldBy lease,
        int lostLeases,
        int lostAlone,
        boolean suspect,
        @Nullable OutageView outage,
        @Nullable UsageView usage,
        List<AttemptView> attempts) {

    /** A worker, until when it has the job unless it renews, and whether it works on nothing else. */
    public record HeldBy(String worker, long until, boolean alone) {}

    /** How often in a row, since when, and for what: a word of the error codes. */
    public record OutageView(int times, long since, String errorCode) {}

    /**
     * One lease.
     *
     * @param token grows with each lease of the job
     * @param worker null where that is not known any more
     * @param endedAt null while it runs
     * @param outcome running, completed, failed, cancelled, lost, postponed or released
     * @param errorCode what went wrong, null where that is not known
     */
    public record AttemptView(
            long token,
            @Nullable String worker,
            long startedAt,
            @Nullable Long endedAt,
            String outcome,
            @Nullable String errorCode) {

        static AttemptView of(JobAttempt attempt) {
            return new AttemptView(
                    attempt.token(),
                    attempt.worker(),
                    JobItem.millis(attempt.startedAt()),
                    JobItem.millisOrNull(attempt.endedAt()),
                    attempt.outcome(),
                    attempt.errorCode());
        }
    }

    static JobDetails of(InspectedJob job) {
        JobState state = job.listed().state().state();
        return new JobDetails(
                JobItem.of(job.listed()),
                state == JobState.RUNNING ? job.stage().word() : null,
                progress(job, state),
                job.messageCount(),
                job.studentMessageCount(),
                JobItem.millis(job.sessionStart()),
                JobItem.millis(job.acceptedAt()),
                JobItem.millis(job.runAt()),
                job.memoryId(),
                lease(job.hold()),
                job.trouble().lostLeases(),
                job.trouble().lostAlone(),
                job.trouble().suspect(),
                outage(job.outage()),
                UsageView.ofNullable(job.usage()),
                job.attempts().stream().map(AttemptView::of).toList());
    }

    private static int progress(InspectedJob job, JobState state) {
        return switch (state) {
            case QUEUED -> 0;
            case RUNNING -> job.stage().progress();
            case COMPLETED, FAILED, CANCELLED -> 100;
        };
    }

    private static @Nullable HeldBy lease(InspectedJob.@Nullable Hold hold) {
        return hold == null ? null : new HeldBy(hold.worker(), JobItem.millis(hold.until()), hold.alone());
    }

    private static @Nullable OutageView outage(InspectedJob.@Nullable Outage outage) {
        return outage == null ? null : new OutageView(outage.times(), JobItem.millis(outage.since()), outage.code());
    }
}
