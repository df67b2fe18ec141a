package org.memoryqueue.local.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.memoryqueue.local.process.Directories;

/** The directory in which a Postgres keeps its data: made, checked, and cleared of what a killed server left. */
final class DataDirectory {
    private static final Duration PATIENCE_WITH_A_SERVER_THAT_STOPS = Duration.ofSeconds(10);

    private final Path path;
    private final PostgresBinaries binaries;

    DataDirectory(Path path, PostgresBinaries binaries) {
        this.path = path;
        this.binaries = binaries;
    }

    /**
     * Makes it fit for a start.
     *
     * @throws IOException when it holds something else, another version's data, or a running server; the message says
     *     so in one line
     */
    void prepare(boolean durable) throws IOException {
        if (isMissingOrEmpty()) {
            initialise(durable);
            return;
        }
        checkVersion();
        awaitEndOfFormerServer();
    }

    /** Whether the server with that process id has come up, by the line that it writes for {@code pg_ctl}. */
    boolean isReady(long pid) {
        List<String> lines = lockLines();
        return lines.size() >= 8
                && lines.getFirst().strip().equals(Long.toString(pid))
                && lines.get(7).strip().equals("ready");
    }

    private boolean isMissingOrEmpty() throws IOException {
        if (!Files.isDirectory(path)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Made beside its place and renamed into it, so that a start that was cut short leaves no half of one. */
    private void initialise(boolean durable) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        Directories.delete(fresh);
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Directories.create(parent);
        }
        Initialisation.run(binaries, fresh, durable);
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private void checkVersion() throws IOException {
        String found;
        try {
            found = Files.readString(path.resolve("PG_VERSION"), StandardCharsets.US_ASCII)
                    .strip();
        } catch (NoSuchFileException e) {
            throw new IOException(path + " is in the way: it holds something else than the data of a Postgres", e);
        }
        if (!found.equals(Integer.toString(binaries.majorVersion()))) {
            throw new IOException(path + " was made by Postgres " + found + " and this is Postgres "
                    + binaries.majorVersion() + ": move it away, or start afresh without it");
        }
    }

    /**
     * Postgres itself removes the lock file of a dead server, unless its process id has been given to another process
     * since, which happens soon in a container: then it would refuse to start for good.
     */
    private void awaitEndOfFormerServer() throws IOException {
        Optional<ProcessHandle> holder = holder();
        if (holder.isEmpty()) {
            return;
        }
        if (!isPostgres(holder.get())) {
            Files.deleteIfExists(lock());
            return;
        }
        ProcessHandle ended = holder.get()
                .onExit()
                .completeOnTimeout(
                        ProcessHandle.current(), PATIENCE_WITH_A_SERVER_THAT_STOPS.toSeconds(), TimeUnit.SECONDS)
                .join();
        if (ended.equals(ProcessHandle.current())) {
            throw new IOException("A Postgres runs on " + path + " already, with process id "
                    + holder.get().pid());
        }
    }

    private Optional<ProcessHandle> holder() {
        List<String> lines = lockLines();
        try {
            return lines.isEmpty()
                    ? Optional.empty()
                    : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle handle) {
        return handle.info()
                .command()
                .map(command -> command.endsWith("postgres"))
                .orElse(false);
    }

    private List<String> lockLines() {
        try {
            return Files.readAllLines(lock());
        } catch (IOException e) {
            return List.of();
        }
    }

    private Path lock() {
        return path.resolve("postmaster.pid");
    }
}
