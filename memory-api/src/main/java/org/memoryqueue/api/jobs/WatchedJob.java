package org.memoryqueue.api.jobs;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.status.JobRow;

/** Looks up the job of a stream before the stream begins. */
final class WatchedJob {

    private static final String PROPERTY = WatchedJob.class.getName();

    private final VisibleJobs jobs;
    private final JobEvents events;

    WatchedJob(VisibleJobs jobs, JobEvents events) {
        this.jobs = jobs;
        this.events = events;
    }

    @Watched
    @ServerRequestFilter
    Uni<@Nullable Response> find(ContainerRequestContext request) {
        events.mustHaveRoom();
        return jobs.find(request.getUriInfo().getPathParameters().getFirst("jobId"))
                .invoke(job -> request.setProperty(PROPERTY, job))
                .replaceWith((Response) null);
    }

    /** The job that was looked up. */
    static JobRow of(ContainerRequestContext request) {
        return (JobRow) request.getProperty(PROPERTY);
    }
}
