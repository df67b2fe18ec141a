package org.memoryqueue.api.jobs;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.ProblemException;

/** Shows the state of a job. */
@Path("/api/student/memory")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.READ)
public class JobResource {

    private final VisibleJobs jobs;
    private final JobEvents events;

    JobResource(VisibleJobs jobs, JobEvents events) {
        this.jobs = jobs;
        this.events = events;
    }

    /** The form that the frontend uses. */
    @PATCH
    public Uni<JobView> patch(@RestQuery @Nullable String jobId) {
        if (jobId == null || jobId.isBlank()) {
            throw ProblemException.badRequest("jobId is required", "jobId", "is required");
        }
        return get(jobId);
    }

    /** The documented form. */
    @GET
    @Path("/jobs/{jobId}")
    public Uni<JobView> get(@RestPath String jobId) {
        return jobs.find(jobId).map(JobView::of);
    }

    /** The same at each change until the job ends. */
    @GET
    @Path("/jobs/{jobId}/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Watched
    public Multi<OutboundSseEvent> events(
            @RestPath String jobId, @Context ContainerRequestContext request, @Context Sse sse) {
        return events.follow(WatchedJob.of(request)).map(view -> event(sse, view));
    }

    private static OutboundSseEvent event(Sse sse, Optional<JobView> view) {
        OutboundSseEvent.Builder event = sse.newEventBuilder();
        return view.map(job -> event.data(job))
                .orElseGet(() -> event.comment("alive"))
                .build();
    }
}
