package org.memoryqueue.local.tryout;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.memoryqueue.local.Endpoints;
import org.memoryqueue.local.Workspace;
import org.memoryqueue.local.token.Grant;
import org.memoryqueue.local.token.LocalTokens;

/** The program behind {@code ./run try}. */
public final class TryOut {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** How long a launcher that has just been built takes until it can be seen. */
    private static final Duration BEFORE_THE_LOCK = Duration.ofMillis(1500);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(300);

    private final MemoryApi api;
    private final Paper paper;

    private TryOut(MemoryApi api, Paper paper) {
        this.api = api;
        this.paper = paper;
    }

    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: with LANG unset, Java would print question marks for its bars.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(new Paper(out, Integer.getInteger("memory.columns", 0))));
    }

    /** Returns the exit code. */
    private static int run(Paper paper) {
        try {
            Workspace workspace = Workspace.ofThisRun();
            Optional<Endpoints> endpoints = awaitEndpoints(workspace, paper);
            if (endpoints.isEmpty()) {
                return fail("Nothing runs here: start it with ./run, in another terminal");
            }
            LocalTokens tokens = new LocalTokens(workspace.prepared(), System.getenv());
            if (!tokens.areOurs()) {
                return fail("With MEMORY_JWT_JWKS_URL set, tokens come from the issuer of those keys");
            }
            try (MemoryApi api = new MemoryApi(endpoints.get().api(), tokens.sign(Grant.of("service", "tutor")))) {
                new TryOut(api, paper).tryOut();
            }
            return 0;
        } catch (IOException e) {
            return fail(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return fail("Interrupted");
        }
    }

    /** A launcher that is still starting is waited for; empty when there is none. */
    private static Optional<Endpoints> awaitEndpoints(Workspace workspace, Paper paper)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Optional<Endpoints> endpoints = Endpoints.read(workspace.endpoints());
        boolean told = false;
        while (endpoints.isEmpty()
                && secondsSince(begin) < (workspace.isInUse() ? PATIENCE : BEFORE_THE_LOCK).toMillis() / 1e3) {
            if (!told && workspace.isInUse()) {
                paper.line("Waiting until ./run is ready");
                told = true;
            }
            Thread.sleep(LOOK_AGAIN);
            endpoints = Endpoints.read(workspace.endpoints());
        }
        return endpoints;
    }

    private void tryOut() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Map<String, String> titles = handIn(Conversation.all());
        List<Followed> ended = new JobWatch(api, paper, PATIENCE).untilEnded(titles);
        paper.line("All are remembered, %.1f s after the first was handed in.".formatted(secondsSince(begin)));
        JsonNode remembered = api.remembered(Conversation.STUDENT, Conversation.CHATBOT);
        showMemories(ended, remembered.path("memories"));
        new ProfileView(paper).show(remembered.path("profile"));
    }

    /** Titles by the ids of their jobs. */
    private Map<String, String> handIn(List<Conversation> conversations) throws IOException, InterruptedException {
        Map<String, String> titles = new LinkedHashMap<>();
        for (Conversation conversation : conversations) {
            String jobId = api.handIn(conversation.endedAt(Instant.now()));
            titles.put(jobId, conversation.title());
            paper.line("Handed in \"" + conversation.title() + "\", "
                    + conversation.messages().size() + " messages: job " + jobId);
        }
        return titles;
    }

    private void showMemories(List<Followed> jobs, JsonNode memories) throws IOException {
        for (Followed job : jobs) {
            JsonNode memory = StreamSupport.stream(memories.spliterator(), false)
                    .filter(candidate -> candidate.path("id").asText().equals(job.memoryId()))
                    .findAny()
                    .orElseThrow(() -> new IOException("The memory " + job.memoryId() + " is not among the newest"));
            new MemoryView(paper).show(job.title(), memory);
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static int fail(String message) {
        System.err.println("run: " + message);
        return 1;
    }
}
