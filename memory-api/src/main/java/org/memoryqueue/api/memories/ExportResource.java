package org.memoryqueue.api.memories;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.export.StudentExport;

/** Hands out everything that is held on a student, as JSON Lines. */
@Path("/api/student/memory/export")
@Singleton
public class ExportResource {

    private final StudentExport export;
    private final ExportConfig config;
    private final CurrentCaller caller;
    private final AtomicInteger open = new AtomicInteger();

    ExportResource(StudentExport export, ExportConfig config, CurrentCaller caller) {
        this.export = export;
        this.config = config;
        this.caller = caller;
    }

    /** The last line says how many came before it: without it, the export is not complete. */
    @GET
    @Produces("application/x-ndjson")
    @PermissionsAllowed(Rules.EXPORT)
    public Multi<Buffer> export(@RestQuery @Nullable String studentId) {
        String student = Whose.required("studentId", studentId, "studentId is required");
        Optional<Set<String>> rooms = caller.get().roomsInWhichToSee(student);
        if (open.get() >= config.maxAtOnce()) {
            throw ProblemException.tooMany("Too many exports are being written");
        }
        return Multi.createFrom().deferred(() -> lines(student, rooms));
    }

    private Multi<Buffer> lines(String student, Optional<Set<String>> rooms) {
        open.incrementAndGet();
        long end = System.nanoTime() + config.maxDuration().toNanos();
        AtomicLong count = new AtomicLong();
        Multi<String> lines = export.lines(student, rooms).invoke(line -> {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("An export was read too slowly");
            }
            count.incrementAndGet();
        });
        Multi<String> last = Multi.createFrom().item(() -> "{\"type\":\"end\",\"lines\":" + count + "}");
        return Multi.createBy()
                .concatenating()
                .streams(lines, last)
                .map(Buffer::buffer)
                .onTermination()
                .invoke(open::decrementAndGet);
    }
}
