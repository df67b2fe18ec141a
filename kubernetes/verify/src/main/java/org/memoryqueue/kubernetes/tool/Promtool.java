package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prometheus' own tool for rules: the one on the PATH, else the one of Debian's package {@code prometheus}, which is
 * fetched and unpacked into the cache of this user. No root is needed, and nothing is installed.
 */
public final class Promtool {

    private final Path binary;

    private Promtool(Path binary) {
        this.binary = binary;
    }

    /** Empty where there is neither promtool nor apt-get. */
    public static Optional<Promtool> find() {
        return Command.onPath("promtool").or(Promtool::unpacked).map(Promtool::new);
    }

    /** {@code promtool check rules} of a file in a directory. */
    public Command check(Path directory, String rules) {
        return Command.run(directory, List.of(binary.toString(), "check", "rules", rules));
    }

    /** {@code promtool test rules}; the file of tests names its rules. */
    public Command test(Path directory, String tests) {
        return Command.run(directory, List.of(binary.toString(), "test", "rules", tests));
    }

    private static Optional<Path> unpacked() {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "memory-queue", "promtool");
        Path promtool = cache.resolve("usr/bin/promtool");
        if (!Files.isExecutable(promtool) && Command.onPath("apt-get").isPresent()) {
            fetch(cache);
        }
        return Optional.of(promtool).filter(Files::isExecutable);
    }

    /** With lists of its own, so that neither root nor an earlier {@code apt-get update} is needed. */
    private static void fetch(Path cache) {
        try {
            Path apt = Files.createTempDirectory("memory-queue-apt");
            Files.createDirectories(apt.resolve("lists/partial"));
            Files.createDirectories(apt.resolve("archives/partial"));
            Files.createDirectories(cache);
            List<String> words = List.of(
                    "apt-get",
                    "-qq",
                    "-o",
                    "Dir::State::lists=" + apt.resolve("lists"),
                    "-o",
                    "Dir::Cache=" + apt,
                    "-o",
                    "Debug::NoLocking=1",
                    "-o",
                    "APT::Sandbox::User=");
            if (run(apt, words, "update") && run(apt, words, "download", "prometheus")) {
                try (Stream<Path> files = Files.list(apt)) {
                    Path archive = files.filter(file -> file.toString().endsWith(".deb"))
                            .findFirst()
                            .orElseThrow();
                    Command.run(apt, List.of("dpkg-deb", "-x", archive.toString(), cache.toString()))
                            .successful();
                }
            }
            Command.run(cache, List.of("rm", "-rf", apt.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean run(Path directory, List<String> words, String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return Command.run(directory, all).exitCode() == 0;
    }
}
