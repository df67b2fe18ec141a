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
    private static final int DEFAULT_IN_CONTEXT = 3;
    private static final int MAX_LIMIT = 100;
    private static final String WHOSE = "studentId and chatbotId are required";

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
        int most = Whose.number("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
        Cursor after = cursor(cursor);
        Asked asked = asked(studentId, chatbotId);
        return Deadline.within(Uni.combine()
                .all()
                .unis(memories.find(asked.student(), asked.chatbot(), asked.rooms(), after, most), profile(asked))
                .with((page, profile) -> remembered(page, profile.orElse(null))));
    }

    /**
     * The same as a block of text for a tutor's prompt.
     *
     * @param topic what the tutor is about to speak of
     */
    @GET
    @Path("/context")
    @Produces(MediaType.TEXT_PLAIN + ";charset=UTF-8")
    public Uni<String> context(
            @RestQuery @Nullable String studentId,
            @RestQuery @Nullable String chatbotId,
            @RestQuery @Nullable String limit,
            @RestQuery @Nullable String maxCharacters,
            @RestQuery @Nullable String topic) {
        int budget = Whose.number(
                "maxCharacters",
                maxCharacters,
                PromptContext.DEFAULT_CHARACTERS,
                PromptContext.MIN_CHARACTERS,
                PromptContext.MAX_CHARACTERS);
        int most = Whose.number("limit", limit, DEFAULT_IN_CONTEXT, 1, MAX_LIMIT);
        Optional<String> about = Whose.optional("topic", topic);
        Asked asked = asked(studentId, chatbotId);
        return Deadline.within(Uni.combine()
                .all()
                .unis(memories.outlines(asked.student(), asked.chatbot(), asked.rooms(), MAX_LIMIT), profile(asked))
                .asTuple()
                .flatMap(found -> {
                    Profile profile = found.getItem2().orElse(null);
                    return memories.find(new Relevance(profile, about).choose(found.getItem1(), most))
                            .map(chosen -> PromptContext.of(chosen, profile, budget));
                }));
    }

    /** Whose memories, and those of which rooms; empty for all. */
    private record Asked(String student, String chatbot, Optional<Set<String>> rooms) {}

    private Asked asked(@Nullable String studentId, @Nullable String chatbotId) {
        String student = Whose.required("studentId", studentId, WHOSE);
        String chatbot = Whose.required("chatbotId", chatbotId, WHOSE);
        return new Asked(student, chatbot, caller.get().roomsInWhichToSee(student));
    }

    private Uni<Optional<Profile>> profile(Asked asked) {
        return asked.rooms()
                .map(only -> profiles.findInRooms(asked.student(), asked.chatbot(), only))
                .orElseGet(() -> profiles.find(asked.student(), asked.chatbot()));
    }

    private static Remembered remembered(Page page, @Nullable Profile profile) {
        return new Remembered(
                page.memories(), profile, page.next().map(Cursor::text).orElse(null));
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
