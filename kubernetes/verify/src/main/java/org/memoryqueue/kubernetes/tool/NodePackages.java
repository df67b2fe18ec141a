package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Packages of npm, installed as their lock file says when that has not been done yet. */
final class NodePackages {

    private NodePackages() {}

    /** Installs into {@code node_modules} of that directory, unless what is there was made from this lock file. */
    static Path installed(Path directory) {
        Path modules = directory.resolve("node_modules");
        Path mark = modules.resolve(".memory-queue-lock");
        try {
            String lock = Files.readString(directory.resolve("package-lock.json"));
            if (!Files.exists(mark) || !Files.readString(mark).equals(lock)) {
                Command.run(directory, List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                        .successful();
                Files.writeString(mark, lock);
            }
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
