package org.memoryqueue.api.admin;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.usage.UsageLedger;

/** Shows what language models were used for in the last month, and what is left of today's budget. */
@Path("/api/admin/usage")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class UsageResource {

    private static final int DAYS = 31;

    private final UsageLedger ledger;

    UsageResource(UsageLedger ledger) {
        this.ledger = ledger;
    }

    @GET
    public Uni<UsageOfDays> get() {
        return Deadline.within(ledger.latestDays(DAYS)).map(UsageOfDays::of);
    }
}
