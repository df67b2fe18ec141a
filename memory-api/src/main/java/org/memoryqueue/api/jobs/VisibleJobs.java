package org.memoryqueue.api.jobs;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.status.JobReader;
import org.memoryqueue.status.JobRow;

/** The jobs that the caller may see. Somebody else's is like one that is not there. */
@Singleton
final class VisibleJobs {

    private final JobReader jobs;
    private final CurrentCaller caller;

    VisibleJobs(JobReader jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /** Finds a job, or fails with 404. */
    Uni<JobRow> find(String jobId) {
        Caller asking = caller.get();
        return parse(jobId)
                .map(id -> Deadline.within(jobs.find(id)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(job -> job.filter(found -> asking.maySee(found.studentId(), found.roomId()))
                        .orElseThrow(() -> ProblemException.notFound("Job not found")));
    }

    /** Ids are digits; anything else names no job. */
    private static Optional<Long> parse(String jobId) {
        try {
            return Optional.of(Long.parseLong(jobId.strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
