package org.memoryqueue.kubernetes.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run to its end.
 *
 * @param exitCode 0 when all went well
 * @param output what it printed
 * @param errors what it complained of
 */
public record Command(int exitCode, String output, String errors) {

    private static final int MINUTES = 5;

    /** Runs a program in a directory. */
    public static Command run(Path directory, List<String> words) {
        return run(directory, words, Map.of());
    }

    /** Runs a program in a directory, with some variables more. */
    public static Command run(Path directory, List<String> words, Map<String, String> variables) {
        try {
            ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
            builder.environment().putAll(variables);
            Process process = builder.start();
            process.getOutputStream().close();
            CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
            String output = read(process.getInputStream());
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException(words + " did not end within " + MINUTES + " min");
            }
            return new Command(process.exitValue(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The output; fails with what it complained of when it did not go well. */
    public String successful() {
        if (exitCode != 0) {
            throw new IllegalStateException("Exit code " + exitCode + ": " + errors + output);
        }
        return output;
    }

    /** Where a program is on the PATH. */
    public static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(":"))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String read(java.io.InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
