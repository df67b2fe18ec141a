package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.erasure.Erased;
import org.memoryqueue.erasure.Eraser;
import org.memoryqueue.erasure.Erasure;
import org.memoryqueue.memory.Cursor;

/** Hands out the records of what was erased, to be kept outside the database, and takes them back after a restore. */
@Path("/api/admin/erasures")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class ErasuresResource {

    private static final int PAGE = 1_000;

    private static final String REQUIRED = "is required";

    private final Eraser eraser;
    private final CurrentCaller caller;

    ErasuresResource(Eraser eraser, CurrentCaller caller) {
        this.eraser = eraser;
        this.caller = caller;
    }

    /**
     * Records of what was erased.
     *
     * @param erasures oldest first, at most 1,000
     * @param nextCursor where the next page starts; left out on the last page
     */
    public record Records(
            @NotNull(message = REQUIRED) @Size(max = PAGE, message = "must hold at most 1000 records")
            List<@NotNull(message = REQUIRED) @Valid Entry> erasures,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String nextCursor) {}

    /** One record, which names nobody. */
    public record Entry(
            @NotNull(message = REQUIRED) UUID id,
            @NotNull(message = REQUIRED) OffsetDateTime at,

            @NotNull(message = REQUIRED) @Pattern(regexp = "[0-9a-f]{32}", message = "must be 16 bytes in hexadecimal")
            String salt,

            @NotNull(message = REQUIRED) @Pattern(regexp = HASH, message = HASH_RULE)
            String studentHash,

            @Pattern(regexp = HASH, message = HASH_RULE) @Nullable
            String chatbotHash) {

        private static final String HASH = "[0-9a-f]{64}";
        private static final String HASH_RULE = "must be 32 bytes in hexadecimal";

        static Entry of(Erasure erasure) {
            return new Entry(erasure.id(), erasure.at(), erasure.salt(), erasure.studentHash(), erasure.chatbotHash());
        }

        Erasure erasure() {
            return new Erasure(id, at, salt, studentHash, chatbotHash);
        }
    }

    @GET
    public Uni<Records> list(@RestQuery @Nullable String cursor) {
        return Deadline.within(eraser.read(after(cursor), PAGE)).map(found -> {
            List<Entry> page = found.stream().map(Entry::of).toList();
            return new Records(
                    page,
                    page.size() < PAGE
                            ? null
                            : new Cursor(found.getLast().at(), found.getLast().id()).text());
        });
    }

    /** Erases again what these records are about. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Erased> eraseAgain(@NotNull(message = "must not be empty") @Valid Records body) {
        return eraser.eraseAgain(
                body.erasures().stream().map(Entry::erasure).toList(),
                caller.get().subject());
    }

    private static @Nullable Cursor after(@Nullable String cursor) {
        if (cursor == null || cursor.isBlank()) {
            return null;
        }
        return Cursor.parse(cursor)
                .orElseThrow(() ->
                        ProblemException.badRequest("Invalid request", "cursor", "must be one that was handed out"));
    }
}
