package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param root the directory of the whole project
 */
public record Project(Path root) {

    /** The one that this runs in. */
    public static Project current() {
        return new Project(Path.of(System.getProperty("memory.project", "../.."))
                .toAbsolutePath()
                .normalize());
    }

    public Path kubernetes() {
        return root.resolve("kubernetes");
    }

    public Path overlay(String name) {
        return kubernetes().resolve("overlays").resolve(name);
    }

    public Path verify() {
        return kubernetes().resolve("verify");
    }

    public Path target() {
        return verify().resolve("target");
    }

    /** The text of a file of the project. */
    public String text(String path) {
        try {
            return Files.readString(root.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
