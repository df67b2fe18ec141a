package org.memoryqueue.api.admin;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.operator.AuditLog;

/** Shows what operators did. */
@Path("/api/admin/audit")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class AuditResource {

    private final AuditLog log;

    AuditResource(AuditLog log) {
        this.log = log;
    }

    @GET
    public Uni<AuditPage> get(@RestQuery @Nullable String cursor, @RestQuery @Nullable String limit) {
        Paging paging = Paging.of(cursor, limit);
        return Deadline.within(log.read(paging.after(), paging.limit())).map(AuditPage::of);
    }
}
