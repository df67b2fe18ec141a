package org.memoryqueue.api.memories;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.export.StudentExport;

/** Hands out everything that is held on a student, as JSON Lines. */
@Path("/api/student/memory/export")
public class ExportResource {

    private final StudentExport export;
    private final CurrentCaller caller;

    ExportResource(StudentExport export, CurrentCaller caller) {
        this.export = export;
        this.caller = caller;
    }

    /** The last line says how many came before it: without it, the export is not complete. */
    @GET
    @Produces("application/x-ndjson")
    @PermissionsAllowed(Rules.EXPORT)
    public Multi<Buffer> export(@RestQuery @Nullable String studentId) {
        String student = Whose.required("studentId", studentId, "studentId is required");
        AtomicLong count = new AtomicLong();
        Multi<String> lines =
                export.lines(student, caller.get().roomsInWhichToSee(student)).invoke(count::incrementAndGet);
        Multi<String> end = Multi.createFrom().item(() -> "{\"type\":\"end\",\"lines\":" + count + "}");
        return Multi.createBy().concatenating().streams(lines, end).map(Buffer::buffer);
    }
}
