package org.memoryqueue.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directory trees as a whole. */
public final class Directories {
    private Directories() {}

    public static Path create(Path directory) throws IOException {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException("The directory " + directory + " cannot be written", e);
        }
    }

    public static Path createTemporary(String prefix) throws IOException {
        return Files.createTempDirectory(prefix);
    }

    /** Deletes the directory and all that is in it. A directory that is not there is deleted already. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : deepestFirst) {
            try {
                Files.delete(path);
            } catch (NoSuchFileException e) {
                // A server that is ending removes files of its own.
            }
        }
    }
}
