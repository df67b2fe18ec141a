package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The TypeScript compiler, and the types of custom resources beside it. */
public final class TypeScript {

    private final Path modules;

    private TypeScript(Path modules) {
        this.modules = modules;
    }

    /** Empty where there is no npm to install it with. */
    public static Optional<TypeScript> installed(Project project) {
        return Command.onPath("npm").map(npm -> new TypeScript(NodePackages.installed(project.verify())));
    }

    /** Checks the types of one file. The packages' own declarations are not looked at. */
    public Command check(Path directory, String file) {
        Path link = directory.resolve("node_modules");
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, modules);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Command.run(
                directory,
                List.of(
                        "node",
                        modules.resolve("typescript/bin/tsc").toString(),
                        "--noEmit",
                        "--strict",
                        "--exactOptionalPropertyTypes",
                        "--skipLibCheck",
                        "--module",
                        "node16",
                        "--moduleResolution",
                        "node16",
                        "--target",
                        "es2022",
                        "--pretty",
                        "false",
                        file));
    }
}
