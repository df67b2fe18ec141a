package org.memoryqueue.local.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A log file that is moved aside when it is full, replacing the one moved aside before: two files at most. */
final class RollingFile {
    static final int MEGABYTES_KEPT = 10;

    private final Path path;
    private final long limit;
    private BufferedWriter writer;
    private long size;
    private boolean broken;

    private RollingFile(Path path, long limit) throws IOException {
        this.path = path;
        this.limit = limit;
        this.writer = Files.newBufferedWriter(path);
    }

    static RollingFile open(Path path, int megabytes) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        moveAside(path);
        return new RollingFile(path, megabytes * 1_000_000L);
    }

    /** Never throws: a full disk must not stop the reading of a child's output, which would stop the child. */
    synchronized void append(String line) {
        try {
            if (size > limit) {
                roll();
            }
            writer.write(line);
            writer.newLine();
            writer.flush();
            size += line.length() + 1L;
        } catch (IOException e) {
            if (!broken) {
                System.err.println("The log " + path + " cannot be written: " + e.getMessage());
            }
            broken = true;
        }
    }

    private void roll() throws IOException {
        writer.close();
        moveAside(path);
        writer = Files.newBufferedWriter(path);
        size = 0;
    }

    private static void moveAside(Path path) throws IOException {
        if (Files.exists(path)) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
