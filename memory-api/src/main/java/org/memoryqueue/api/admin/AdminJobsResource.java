package org.memoryqueue.api.admin;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.dispatch.JobChanges;
import org.memoryqueue.operator.Cancellation;
import org.memoryqueue.operator.JobFilter;
import org.memoryqueue.operator.JobInspection;
import org.memoryqueue.operator.JobList;
import org.memoryqueue.operator.Retry;
import org.memoryqueue.status.ShownState;

/** Lists jobs, shows them closely, calls them off, and puts failed ones back. */
@Path("/api/admin/jobs")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class AdminJobsResource {

    private final JobList list;
    private final JobInspection inspection;
    private final Cancellation cancellation;
    private final Retry retry;
    private final JobChanges changes;
    private final CurrentCaller caller;

    AdminJobsResource(
            JobList list,
            JobInspection inspection,
            Cancellation cancellation,
            Retry retry,
            JobChanges changes,
            CurrentCaller caller) {
        this.list = list;
        this.inspection = inspection;
        this.cancellation = cancellation;
        this.retry = retry;
        this.changes = changes;
        this.caller = caller;
    }

    @GET
    public Uni<JobItems> list(
            @RestQuery @Nullable String state,
            @RestQuery @Nullable String priority,
            @RestQuery @Nullable String studentId,
            @RestQuery @Nullable String roomId,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to,
            @RestQuery @Nullable String errorCode,
            @RestQuery @Nullable String cursor,
            @RestQuery @Nullable String limit) {
        JobFilter filter = new JobQuery(state, priority, studentId, roomId, from, to, errorCode, null).filter();
        Paging paging = Paging.of(cursor, limit);
        return Deadline.within(list.find(filter, paging.after(), paging.limit()))
                .map(JobItems::of);
    }

    @GET
    @Path("/{jobId}")
    public Uni<JobDetails> show(@RestPath String jobId) {
        return Deadline.within(inspection.inspect(id(jobId)))
                .map(job -> job.map(JobDetails::of).orElseThrow(AdminJobsResource::notFound));
    }

    @DELETE
    @Path("/{jobId}")
    public Uni<JobChange> cancel(@RestPath String jobId) {
        long id = id(jobId);
        return Deadline.within(cancellation.cancel(id, caller.get().subject()))
                .invoke(before -> changes.announce(id))
                .map(before -> cancelled(id, before.orElseThrow(AdminJobsResource::notFound)));
    }

    private static JobChange cancelled(long jobId, ShownState before) {
        return before.state().isTerminal()
                ? JobChange.none(jobId, before, "It has ended")
                : JobChange.made(jobId, before, ShownState.CANCELLED);
    }

    @POST
    @Path("/{jobId}/retry")
    public Uni<JobChange> retry(@RestPath String jobId) {
        long id = id(jobId);
        return Deadline.within(retry.retry(id, caller.get().subject()))
                .invoke(outcome -> changes.announce(id))
                .map(outcome -> retried(id, outcome));
    }

    private static JobChange retried(long jobId, Retry.Outcome outcome) {
        return switch (outcome) {
            case Retry.Outcome.Retried(ShownState state) -> JobChange.made(jobId, ShownState.FAILED, state);
            case Retry.Outcome.NotFailed(ShownState state) ->
                JobChange.none(jobId, state, "Only a failed job can be retried");
            case Retry.Outcome.Superseded() ->
                JobChange.none(jobId, ShownState.FAILED, "A newer revision of its session has a job of its own");
            case Retry.Outcome.Missing() -> throw notFound();
        };
    }

    @POST
    @Path("/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<RetriedJobs> retryMatching(@NotNull(message = "must not be empty") JobQuery body) {
        JobFilter filter = body.filter();
        if (filter.state() != null && filter.state() != ShownState.FAILED) {
            throw ProblemException.badRequest(
                    "Invalid request", "state", "must be failed: only failed jobs can be retried");
        }
        return Deadline.within(retry.retryMatching(filter, caller.get().subject()))
                .map(RetriedJobs::of);
    }

    /** Ids are digits; anything else names no job. */
    private static long id(String jobId) {
        try {
            return Long.parseLong(jobId.strip());
        } catch (NumberFormatException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("Job not found");
    }
}
