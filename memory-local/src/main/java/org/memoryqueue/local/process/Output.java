package org.memoryqueue.local.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a child prints: its last lines in memory, and all of it in a log file of bounded size when one is given. */
public final class Output {
    private static final int LINES_KEPT = 40;

    private final Deque<String> last = new ArrayDeque<>();
    private final @Nullable RollingFile file;

    private Output(@Nullable RollingFile file) {
        this.file = file;
    }

    public static Output inMemory() {
        return new Output(null);
    }

    /** Starts the log file anew; the one of the run before is kept beside it, with {@code .1} added to its name. */
    public static Output to(Path logFile) throws IOException {
        return new Output(RollingFile.open(logFile, RollingFile.MEGABYTES_KEPT));
    }

    /** An output to {@code logFile}, or only in memory when it is null. */
    public static Output toOrInMemory(@Nullable Path logFile) throws IOException {
        return logFile == null ? inMemory() : to(logFile);
    }

    public List<String> lastLines() {
        synchronized (last) {
            return List.copyOf(last);
        }
    }

    /**
     * Reads the stream in a thread of its own, so that the child never waits for a full pipe. Completes at its end.
     */
    CompletableFuture<Void> follow(InputStream stream) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("output").start(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    keep(line);
                }
            } catch (IOException e) {
                keep("(the output could not be read to its end: " + e.getMessage() + ")");
            } finally {
                drained.complete(null);
            }
        });
        return drained;
    }

    private void keep(String line) {
        synchronized (last) {
            if (last.size() == LINES_KEPT) {
                last.removeFirst();
            }
            last.addLast(line);
        }
        if (file != null) {
            file.append(line);
        }
    }
}
