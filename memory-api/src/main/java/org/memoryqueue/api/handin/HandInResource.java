package org.memoryqueue.api.handin;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.intake.Acceptance;
import org.memoryqueue.intake.Enqueuer;
import org.memoryqueue.intake.PriorityConfig;
import org.memoryqueue.intake.Submission;

/** Takes finished sessions in, and answers once they cannot be lost any more. */
@Path("/api/student/memory")
public class HandInResource {

    private final Enqueuer enqueuer;
    private final KeyedHandIn keyed;
    private final PriorityConfig priorities;
    private final MeterRegistry metrics;
    private final CurrentCaller caller;

    HandInResource(
            Enqueuer enqueuer,
            KeyedHandIn keyed,
            PriorityConfig priorities,
            MeterRegistry metrics,
            CurrentCaller caller) {
        this.enqueuer = enqueuer;
        this.keyed = keyed;
        this.priorities = priorities;
        this.metrics = metrics;
        this.caller = caller;
    }

    @POST
    @PermissionsAllowed(Rules.HAND_IN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<HandInAnswer>> handIn(
            @NotNull(message = "must not be empty") @Valid HandIn body,
            @RestHeader(KeyedHandIn.HEADER) @Nullable String idempotencyKey) {
        caller.get().mustSpeakFor(body.studentId());
        return Deadline.within(
                idempotencyKey == null
                        ? accept(body).map(answer -> answer.response(false))
                        : keyed.handIn(caller.get(), idempotencyKey, body, () -> accept(body)));
    }

    private Uni<HandInAnswer> accept(HandIn body) {
        Submission submission = Submission.of(body.transcript(), priorities);
        return enqueuer.enqueue(submission)
                .invoke(acceptance -> count(submission, acceptance))
                .map(HandInAnswer::of);
    }

    private void count(Submission submission, Acceptance acceptance) {
        String outcome = acceptance instanceof Acceptance.Queued ? "queued" : "duplicate";
        String priority = submission.priority().word();
        metrics.counter("memory.sessions.accepted", "outcome", outcome, "priority", priority)
                .increment();
    }
}
