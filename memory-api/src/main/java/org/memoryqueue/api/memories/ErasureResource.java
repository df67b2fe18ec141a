package org.memoryqueue.api.memories;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.erasure.Eraser;

/** Erases what is held on a student. */
@Path("/api/student/memory")
@Produces(MediaType.APPLICATION_JSON)
public class ErasureResource {

    private final Eraser eraser;
    private final CurrentCaller caller;

    ErasureResource(Eraser eraser, CurrentCaller caller) {
        this.eraser = eraser;
        this.caller = caller;
    }

    @DELETE
    @PermissionsAllowed(Rules.ERASE)
    public Uni<ErasureAnswer> erase(@RestQuery @Nullable String studentId, @RestQuery @Nullable String chatbotId) {
        String student = Whose.required("studentId", studentId, "studentId is required");
        return Deadline.within(eraser.erase(
                        student,
                        Whose.optional("chatbotId", chatbotId),
                        caller.get().subject()))
                .map(ErasureAnswer::of);
    }
}
