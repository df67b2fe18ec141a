package org.memoryqueue.api.admin;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.control.QueueMode;
import org.memoryqueue.operator.QueueSwitch;

/** Sets whether the queue hands out work. In every mode it accepts, what runs is finished, and nothing is deleted. */
@Path("/api/admin/queue")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class QueueModeResource {

    private final QueueSwitch queue;
    private final CurrentCaller caller;

    QueueModeResource(QueueSwitch queue, CurrentCaller caller) {
        this.queue = queue;
        this.caller = caller;
    }

    /** Hands out no more work; waiting jobs show as paused. */
    @POST
    @Path("/pause")
    public Uni<ModeChange> pause() {
        return turn(QueueMode.PAUSED);
    }

    /** Hands out work again. */
    @POST
    @Path("/resume")
    public Uni<ModeChange> resume() {
        return turn(QueueMode.RUNNING);
    }

    /** Hands out no more work, until all that runs is done and the queue shows as drained. */
    @POST
    @Path("/drain")
    public Uni<ModeChange> drain() {
        return turn(QueueMode.DRAINING);
    }

    private Uni<ModeChange> turn(QueueMode mode) {
        return Deadline.within(queue.turn(mode, caller.get().subject())).map(ModeChange::of);
    }
}
