package org.memoryqueue.worker.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the scenarios measured: a line each on the console, and a row in {@code target/chaos-report.md}. */
final class Report {

    private static final Path TARGET = Path.of(System.getProperty("memory.project", ".."), "memory-worker", "target");
    private static final Path FILE = TARGET.resolve("chaos-report.md");
    private static final String HEADER = """
            | Scenario | Size | Conditions | Result |
            |---|---|---|---|
            """;

    private Report() {}

    /** Where the services write what they print. */
    static Path logs() {
        try {
            return Files.createDirectories(TARGET.resolve("chaos-logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says what came of a scenario. */
    static synchronized void row(String scenario, String conditions, String result) {
        System.out.printf("%s (%s): %s%n    %s%n", scenario, Size.current(), result, conditions);
        try {
            if (!Files.exists(FILE)) {
                Files.writeString(FILE, HEADER);
            }
            Files.writeString(
                    FILE,
                    "| %s | %s | %s | %s |%n".formatted(scenario, Size.current(), conditions, result),
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
