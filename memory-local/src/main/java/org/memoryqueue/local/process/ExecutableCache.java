package org.memoryqueue.local.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Where executables from jars are unpacked to: once per user, in {@code $XDG_CACHE_HOME/memory-queue} or
 * {@code ~/.cache/memory-queue}. Never a directory that other users can write to, since what is in it gets executed.
 */
public final class ExecutableCache {
    private static final String UNFINISHED = ".unpacking-";

    private ExecutableCache() {}

    /** Fills an empty directory. */
    @FunctionalInterface
    public interface Unpacking {
        void into(Path directory) throws IOException;
    }

    /**
     * The directory of that name, unpacked now if it is not there yet. It appears by a rename, so it is complete whether
     * two processes unpack at once or one is killed halfway.
     */
    public static Path obtain(String name, Unpacking unpacking) throws IOException {
        Path root = root();
        Path wanted = root.resolve(name);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        clearUnfinished(root);
        Path fresh = Files.createTempDirectory(root, UNFINISHED);
        try {
            unpacking.into(fresh);
            Files.move(fresh, wanted, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // When another process was faster, what it unpacked is the same.
            if (!Files.isDirectory(wanted)) {
                throw e;
            }
        } finally {
            Directories.delete(fresh);
        }
        return wanted;
    }

    public static boolean holds(String name) {
        try {
            return Files.isDirectory(root().resolve(name));
        } catch (IOException e) {
            return false;
        }
    }

    /** What processes that were killed have left; one that still unpacks is not that old. */
    private static void clearUnfinished(Path root) throws IOException {
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(root, UNFINISHED + "*")) {
            for (Path directory : unfinished) {
                if (Files.getLastModifiedTime(directory).toInstant().isBefore(longAgo)) {
                    Directories.delete(directory);
                }
            }
        }
    }

    private static Path root() throws IOException {
        Map<String, String> environment = System.getenv();
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
        Path cache = xdg.isBlank() ? Path.of(home, ".cache") : Path.of(xdg);
        return Directories.create(cache.resolve("memory-queue"));
    }
}
