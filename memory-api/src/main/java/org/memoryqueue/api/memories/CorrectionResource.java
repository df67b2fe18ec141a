package org.memoryqueue.api.memories;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestPath;
import org.memoryqueue.api.access.Caller;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.correction.Change;
import org.memoryqueue.correction.Corrector;

/** Lets the teachers of a room, and admins, put a memory right, or hide it. */
@Path("/api/student/memory")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.CORRECT)
public class CorrectionResource {

    private final Corrector corrector;
    private final CurrentCaller caller;

    CorrectionResource(Corrector corrector, CurrentCaller caller) {
        this.corrector = corrector;
        this.caller = caller;
    }

    /** Shows it, also when it is hidden, with what it adds to the profile. */
    @GET
    @Path("/{memoryId}")
    public Uni<ReviewAnswer> review(@RestPath String memoryId) {
        return Deadline.within(corrector.review(id(memoryId), caller.get()::mayCorrect))
                .map(found -> found.map(ReviewAnswer::of).orElseThrow(CorrectionResource::notFound));
    }

    @PATCH
    @Path("/{memoryId}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<ReviewAnswer> correct(@RestPath String memoryId, @NotNull(message = "must not be empty") JsonNode body) {
        Change change = CorrectionRequest.read(body);
        Caller teacher = caller.get();
        return Deadline.within(corrector.correct(id(memoryId), teacher::mayCorrect, change, teacher.subject()))
                .map(done -> done.map(ReviewAnswer::of).orElseThrow(CorrectionResource::notFound));
    }

    /** Ids are those of RFC 9562; anything else names no memory. */
    private static UUID id(String memoryId) {
        try {
            return UUID.fromString(memoryId.strip());
        } catch (IllegalArgumentException e) {
            throw notFound();
        }
    }

    private static ProblemException notFound() {
        return ProblemException.notFound("Memory not found");
    }
}
