package org.memoryqueue.local.redis;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.memoryqueue.local.process.ExecutableCache;
import redis.embedded.core.ExecutableProvider;

/**
 * A {@code redis-server} program.
 *
 * @param path where it is
 * @param version such as 7.0.15
 */
record RedisBinary(Path path, String version) {
    private static final int OLDEST_SYSTEM_SERVER = 7;
    private static final String BUNDLED = "redis-server-bundled-1.4.3";
    private static final Pattern VERSION = Pattern.compile("v=(\\d+)(\\.[.\\d]+)");

    /** The system's when that is 7 or newer, else the one from the jar (6.2). */
    static RedisBinary find() throws IOException {
        Optional<RedisBinary> system = onPath();
        return system.isPresent() ? system.get() : bundled();
    }

    static RedisBinary bundled() throws IOException {
        Path directory = ExecutableCache.obtain(BUNDLED, RedisBinary::unpack);
        return version(directory.resolve("redis-server"))
                .orElseThrow(() -> new IOException("The bundled Redis does not run on this system:"
                        + " install redis-server 7 or newer, or set REDIS_HOST to a Redis of yours"));
    }

    private static Optional<RedisBinary> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(directory -> !directory.isBlank())
                .map(directory -> Path.of(directory, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst()
                .flatMap(RedisBinary::version)
                .filter(binary -> binary.major() >= OLDEST_SYSTEM_SERVER);
    }

    private static void unpack(Path directory) throws IOException {
        File unpacked =
                ExecutableProvider.newJarResourceProvider(directory.toFile()).get();
        Path program = Files.move(unpacked.toPath(), directory.resolve("redis-server"));
        if (!program.toFile().setExecutable(true, true)) {
            throw new IOException(program + " cannot be made executable");
        }
    }

    private static Optional<RedisBinary> version(Path program) {
        try {
            Process process = new ProcessBuilder(program.toString(), "--version").start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher matcher = VERSION.matcher(answer);
            return matcher.find()
                    ? Optional.of(new RedisBinary(program, matcher.group(1) + matcher.group(2)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private int major() {
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
