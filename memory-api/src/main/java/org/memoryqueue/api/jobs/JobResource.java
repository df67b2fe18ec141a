package org.memoryqueue.api.jobs;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.status.JobReader;

/** Shows the state of a job. */
@Path("/api/student/memory")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.READ)
public class JobResource {

    private final JobReader jobs;
    private final CurrentCaller caller;

    JobResource(JobReader jobs, CurrentCaller caller) {
        this.jobs = jobs;
        this.caller = caller;
    }

    /** The form that the frontend uses. */
    @PATCH
    public Uni<JobView> patch(@RestQuery @Nullable String jobId) {
        if (jobId == null || jobId.isBlank()) {
            throw ProblemException.badRequest("jobId is required", "jobId", "is required");
        }
        return find(jobId);
    }

    /** The documented form. */
    @GET
    @Path("/jobs/{jobId}")
    public Uni<JobView> get(@RestPath String jobId) {
        return find(jobId);
    }

    /** Somebody else's is like one that is not there. */
    private Uni<JobView> find(String jobId) {
        Caller asking = caller.get();
        return parse(jobId)
                .map(id -> Deadline.within(jobs.find(id)))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
                .map(job -> job.filter(found -> asking.maySee(found.studentId(), found.roomId()))
                        .map(JobView::of)
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
