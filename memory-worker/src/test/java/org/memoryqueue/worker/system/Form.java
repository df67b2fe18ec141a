package org.memoryqueue.worker.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.memoryqueue.local.Workspace;

/** What a packaged service is started from. */
enum Form {
    /** The runnable jar. */
    JVM {
        @Override
        Optional<Path> find(Path target) {
            return Optional.of(target.resolve("quarkus-app/quarkus-run.jar")).filter(Files::exists);
        }
    },

    /** A runnable jar with what the JVM has learnt in a run of training. */
    AOT {
        @Override
        Optional<Path> find(Path target) {
            return Optional.of(target.resolve("aot-app/quarkus-run.jar"))
                    .filter(jar -> Files.exists(jar.resolveSibling("app.aot")));
        }
    },

    /** The executable. Of the arguments of the JVM, only system properties mean something to it. */
    NATIVE {
        @Override
        Optional<Path> find(Path target) {
            try {
                return Workspace.newestExecutable(target);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    /** As in the images: what has used its heap up ends, rather than to live on without the thread that asked for more. */
    private static final String OUT_OF_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    private static final Form CURRENT =
            valueOf(System.getProperty("memory.form", "jvm").toUpperCase(Locale.ROOT));

    /** The form of this run, by the system property {@code memory.form}, which {@code -Pnative} sets. */
    static Form current() {
        return CURRENT;
    }

    /** Its file in the directory in which a service was built; empty when it was not built so. */
    abstract Optional<Path> find(Path target);

    /**
     * The command line that starts a service.
     *
     * @param target the directory in which it was built
     * @param properties settings, as {@code -Dname=value}
     */
    List<String> command(Path target, List<String> jvm, List<String> properties) {
        Path file = find(target)
                .map(Path::toAbsolutePath)
                .orElseThrow(() -> new IllegalStateException("Not built as " + this + " in " + target));
        List<String> command = new ArrayList<>();
        if (this == NATIVE) {
            command.addAll(List.of(file.toString(), "-Xmx256m", OUT_OF_MEMORY));
            jvm.stream().filter(argument -> argument.startsWith("-D")).forEach(command::add);
            command.addAll(properties);
            return command;
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", OUT_OF_MEMORY, "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        if (this == AOT) {
            command.add("-XX:AOTCache=" + file.resolveSibling("app.aot"));
        }
        command.addAll(jvm);
        command.addAll(properties);
        command.addAll(List.of("-jar", file.toString()));
        return command;
    }
}
