package org.memoryqueue.api.admin;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.profile.ProfileRebuild;
import org.memoryqueue.profile.RebuildCursor;

/** Folds profiles anew from the stored observations, and says what was stored otherwise. */
@Path("/api/admin/profiles")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.OPERATE)
public class ProfilesResource {

    private static final int DEFAULT_LIMIT = 200;
    private static final int MAX_LIMIT = 500;

    private final ProfileRebuild rebuild;
    private final CurrentCaller caller;

    ProfilesResource(ProfileRebuild rebuild, CurrentCaller caller) {
        this.rebuild = rebuild;
        this.caller = caller;
    }

    /**
     * Which profiles, and whether they are only compared.
     *
     * @param dryRun compares, and writes nothing
     * @param limit the most profiles of this call, 1 to 500
     * @param cursor where to go on: the {@code nextCursor} of the call before
     * @param unknown fields that there are none: a misspelt dryRun must not write
     */
    public record Request(
            @Nullable Boolean dryRun,
            @Nullable Integer limit,
            @Nullable String cursor,
            @JsonAnySetter @Nullable Map<String, Object> unknown) {}

    /**
     * What was found.
     *
     * @param changed whether anything was written
     * @param checked how many profiles were folded and compared
     * @param differed how many were stored otherwise than they were folded
     * @param rebuilt how many were written
     * @param differences each that differed
     * @param more whether profiles remain, so that the call should be repeated with the cursor
     */
    public record Rebuilt(
            boolean success,
            boolean changed,
            boolean dryRun,
            long checked,
            long differed,
            long rebuilt,
            List<Difference> differences,
            boolean more,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String nextCursor) {}

    /**
     * A profile that differed.
     *
     * @param profileId null where there was none, and none was written
     * @param fields the columns that differed; empty where there was no profile
     */
    public record Difference(@Nullable UUID profileId, List<String> fields) {}

    @POST
    @Path("/rebuild")
    @Consumes(MediaType.APPLICATION_JSON)
    public Uni<Rebuilt> rebuild(@NotNull(message = "must not be empty") Request body) {
        if (body.unknown() != null && !body.unknown().isEmpty()) {
            throw wrong(body.unknown().keySet().iterator().next(), "is not a part of this request");
        }
        boolean dryRun = Boolean.TRUE.equals(body.dryRun());
        int limit = body.limit() == null ? DEFAULT_LIMIT : body.limit();
        if (limit < 1 || limit > MAX_LIMIT) {
            throw wrong("limit", "must be a number from 1 to " + MAX_LIMIT);
        }
        return Deadline.within(rebuild.rebuild(
                        from(body.cursor()), limit, dryRun, caller.get().subject()))
                .map(done -> answer(dryRun, done));
    }

    private static Rebuilt answer(boolean dryRun, ProfileRebuild.Rebuilt done) {
        return new Rebuilt(
                true,
                done.changed() > 0,
                dryRun,
                done.checked(),
                done.differences().size(),
                done.changed(),
                done.differences().stream()
                        .map(difference -> new Difference(difference.profileId(), difference.fields()))
                        .toList(),
                done.next().isPresent(),
                done.next().map(RebuildCursor::text).orElse(null));
    }

    private static RebuildCursor from(@Nullable String cursor) {
        return cursor == null || cursor.isBlank()
                ? RebuildCursor.START
                : RebuildCursor.parse(cursor.strip())
                        .orElseThrow(() -> wrong("cursor", "must be one that was handed out"));
    }

    private static ProblemException wrong(String field, String rule) {
        return ProblemException.badRequest("Invalid request", field, rule);
    }
}
