package org.memoryqueue.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.memoryqueue.local.process.Directories;

/**
 * The project's directory, and what a local run keeps in it under {@code .memory-local}.
 *
 * @param project where pom.xml is
 */
public record Workspace(Path project) {
    /** The directory of the project whose {@code ./run} was called, which says so in a system property. */
    public static Workspace ofThisRun() {
        return new Workspace(Path.of(System.getProperty("memory.project", ""))
                .toAbsolutePath()
                .normalize());
    }

    public Path endpoints() {
        return kept().resolve("endpoints.json");
    }

    /** The directory of what is kept, made if need be. */
    public Path prepared() throws IOException {
        return Directories.create(kept());
    }

    Path kept() {
        return project.resolve(".memory-local");
    }

    Path postgres() {
        return kept().resolve("postgres");
    }

    Path redis() {
        return kept().resolve("redis");
    }

    /** Whether a launcher runs in this directory, ready or not. */
    public boolean isInUse() throws IOException {
        return InstanceLock.isHeld(lock());
    }

    Path lock() {
        return kept().resolve("lock");
    }

    Path log(String name) {
        return kept().resolve("logs").resolve(name + ".log");
    }

    /**
     * What a service is started from: its runnable jar, as Quarkus lays it out, or its executable.
     *
     * @throws LaunchException if it is not built
     */
    Form form(String module, boolean executable) throws LaunchException {
        Path target = project.resolve(module).resolve("target");
        return executable ? executable(module, target) : jar(module, target);
    }

    private static Form jar(String module, Path target) throws LaunchException {
        Path jar = target.resolve("quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw LaunchException.because(module + " is not built; ./run builds it, ./mvnw package does too");
        }
        return new Form.Jar(jar);
    }

    private static Form executable(String module, Path target) throws LaunchException {
        try {
            return newestExecutable(target)
                    .map(Form.Executable::new)
                    .orElseThrow(() -> LaunchException.because(
                            "There is no executable of " + module + "; ./mvnw -Pnative -DskipTests package builds it"));
        } catch (IOException e) {
            throw LaunchException.because("The directory " + target + " cannot be read");
        }
    }

    /**
     * The executable in the directory in which a service was built. Its name holds the version, of which there may be
     * several; the newest counts.
     */
    public static Optional<Path> newestExecutable(Path target) throws IOException {
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.getFileName().toString().endsWith("-runner"))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
        }
    }

    void create() throws LaunchException {
        try {
            Directories.create(kept());
        } catch (IOException e) {
            throw unwritable();
        }
        if (!Files.isWritable(kept())) {
            throw unwritable();
        }
    }

    void forgetData() throws IOException {
        Directories.delete(postgres());
        Directories.delete(redis());
    }

    private LaunchException unwritable() {
        return LaunchException.because("The directory " + kept() + " cannot be written by this user");
    }
}
