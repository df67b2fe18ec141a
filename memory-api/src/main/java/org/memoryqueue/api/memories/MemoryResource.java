package org.memoryqueue.api.memories;

import io.quarkus.security.PermissionsAllowed;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.api.access.CurrentCaller;
import org.memoryqueue.api.access.Rules;
import org.memoryqueue.api.problem.Deadline;
import org.memoryqueue.api.problem.ProblemException;
import org.memoryqueue.memory.Cursor;
import org.memoryqueue.memory.MemoryReader;
import org.memoryqueue.memory.Page;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileReader;

/** Shows what is remembered of a student. */
@Path("/api/student/memory")
@Produces(MediaType.APPLICATION_JSON)
@PermissionsAllowed(Rules.READ)
public class MemoryResource {

    private static final int DEFAULT_LIMIT = 5;
    private static final int MAX_LIMIT = 100;

    private final MemoryReader memories;
    private final ProfileReader profiles;
    private final CurrentCaller caller;

    MemoryResource(MemoryReader memories, ProfileReader profiles, CurrentCaller caller) {
        this.memories = memories;
        this.profiles = profiles;
        this.caller = caller;
    }

    @GET
    public Uni<Remembered> get(
            @RestQuery @Nullable String studentId,
            @RestQuery @Nullable String chatbotId,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String cursor) {
        String student = required("studentId", studentId);
        String chatbot = required("chatbotId", chatbotId);
        Optional<Set<String>> rooms = caller.get().roomsInWhichToSee(student);
        return Deadline.within(Uni.combine()
                .all()
                .unis(
                        memories.find(student, chatbot, rooms, cursor(cursor), limit(limit)),
                        rooms.map(only -> profiles.findInRooms(student, chatbot, only))
                                .orElseGet(() -> profiles.find(student, chatbot)))
                .with((page, profile) -> remembered(page, profile.orElse(null))));
    }

    private static Remembered remembered(Page page, @Nullable Profile profile) {
        return new Remembered(
                page.memories(), profile, page.next().map(Cursor::text).orElse(null));
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw ProblemException.badRequest("studentId and chatbotId are required", field, "is required");
        }
        if (value.indexOf('\0') >= 0) {
            throw ProblemException.badRequest("Invalid request", field, "must not hold NUL");
        }
        return value;
    }

    private static int limit(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text.strip());
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Answered below, like a number out of bounds.
        }
        throw ProblemException.badRequest("Invalid request", "limit", "must be a number from 1 to " + MAX_LIMIT);
    }

    private static @Nullable Cursor cursor(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        return Cursor.parse(text)
                .orElseThrow(() ->
                        ProblemException.badRequest("Invalid request", "cursor", "must be one that was handed out"));
    }
}
