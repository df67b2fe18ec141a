package org.memoryqueue.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runs and where, as scripts and tests read it from {@code .memory-local/endpoints.json}.
 *
 * @param api url of memory-api
 * @param postgres {@code postgresql://user:password@host:port/db}
 * @param redis {@code redis://host:port}
 */
public record Endpoints(String api, List<Worker> workers, String postgres, String redis, Pids pids) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A memory-worker; its health is {@code url + "/health"}. */
    public record Worker(String url, long pid) {}

    /** Process ids; null for a server that was not started here. */
    public record Pids(
            long launcher,
            long api,
            @Nullable Long redis,
            @Nullable Long postgres,
            List<Long> worker) {}

    /** What the file says, or nothing when there is none: then nothing runs, or it is not ready yet. */
    public static Optional<Endpoints> read(Path file) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file), Endpoints.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Replaces the file by a rename, so that a reader never sees half of it; readable for this user only. */
    void write(Path file) throws IOException {
        Path fresh = Files.createTempFile(file.toAbsolutePath().getParent(), "endpoints", ".tmp");
        Files.write(fresh, JSON.writeValueAsBytes(this));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
