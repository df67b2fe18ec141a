package org.memoryqueue.api.admin;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.operator.QueueSwitch;

/** Sets whether the queue hands out work. In every mode it accepts, what runs is finished, and nothing is deleted. */
@Path("/api/admin/queue")
@Produces(MediaType.APPLICATION_JSON)
public class QueueModeResource {

    private final QueueSwitch queue;

    QueueModeResource(QueueSwitch queue) {
        this.queue = queue;
    }

    /** Hands out no more work; waiting jobs show as paused. */
    @POST
    @Path("/pause")
    public Uni<ModeChange> pause(@Context SecurityContext caller) {
        return turn(QueueMode.PAUSED, caller);
    }

    /** Hands out work again. */
    @POST
    @Path("/resume")
    public Uni<ModeChange> resume(@Context SecurityContext caller) {
        return turn(QueueMode.RUNNING, caller);
    }

    /** Hands out no more work, until all that runs is done and the queue shows as drained. */
    @POST
    @Path("/drain")
    public Uni<ModeChange> drain(@Context SecurityContext caller) {
        return turn(QueueMode.DRAINING, caller);
    }

    private Uni<ModeChange> turn(QueueMode mode, SecurityContext caller) {
        return Deadline.within(queue.turn(mode, Operator.name(caller))).map(ModeChange::of);
    }
}
