package org.memoryqueue.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.memoryqueue.local.process.Ports;

/** A project directory whose two services are {@link StubService}s, and launchers that run in it as processes. */
final class LaunchedProject implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final int port = Ports.free();
    final int healthPort = consecutiveFreePorts();
    private final Path directory;
    private final Map<String, String> environment = new TreeMap<>(System.getenv());
    private final List<Process> launched = new ArrayList<>();

    LaunchedProject(Path directory) throws IOException {
        this.directory = directory;
        makeJar(directory.resolve("memory-api/target/quarkus-app/quarkus-run.jar"));
        makeJar(directory.resolve("memory-worker/target/quarkus-app/quarkus-run.jar"));
        List.of("DATABASE_URL", "REDIS_HOST", "REDIS_PORT", "REDIS_HOSTS").forEach(environment::remove);
        environment.put("WORKER_HEALTH_PORT", Integer.toString(healthPort));
        environment.put("STUB_JOURNAL", directory.resolve("journal").toString());
    }

    /** With servers of the caller's, which the stubs never ask for: so that a test which needs none starts none. */
    LaunchedProject withForeignServers() {
        return with("DATABASE_URL", "postgresql://somebody:secret@10.0.0.1:5432/elsewhere")
                .with("REDIS_HOST", "10.0.0.2");
    }

    LaunchedProject with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Process launch(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dmemory.project=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                "org.memoryqueue.local.Launcher"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectOutput(output(launched.size()).toFile());
        Process process = builder.start();
        launched.add(process);
        return process;
    }

    /** Launches and waits until the endpoints file is there. */
    Process launchUntilReady(String... arguments) throws IOException {
        Process process = launch(arguments);
        await().atMost(PATIENCE)
                .failFast(() -> {
                    assertThat(process.isAlive()).as(printed()).isTrue();
                })
                .until(() -> Files.exists(workspace().endpoints()));
        return process;
    }

    Endpoints endpoints() throws IOException {
        return Endpoints.read(workspace().endpoints()).orElseThrow();
    }

    Workspace workspace() {
        return new Workspace(directory);
    }

    List<String> journal() throws IOException {
        return Files.readAllLines(directory.resolve("journal"));
    }

    /** What the last launcher printed. */
    String printed() throws IOException {
        return Files.readString(output(launched.size() - 1));
    }

    /** Its exit code. */
    static int awaitExit(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    static List<Long> children(Endpoints endpoints) {
        List<Long> pids = new ArrayList<>(endpoints.pids().worker());
        Stream.of(
                        endpoints.pids().api(),
                        endpoints.pids().redis(),
                        endpoints.pids().postgres())
                .filter(Objects::nonNull)
                .forEach(pids::add);
        return pids;
    }

    static void awaitEnd(List<Long> pids) {
        await().atMost(PATIENCE)
                .until(() -> pids.stream()
                        .noneMatch(pid -> ProcessHandle.of(pid)
                                .filter(ProcessHandle::isAlive)
                                .isPresent()));
    }

    private Path output(int number) {
        return directory.resolve("output-" + number);
    }

    private static int consecutiveFreePorts() {
        int first = Ports.free();
        return Ports.isFree(first + 1) ? first : consecutiveFreePorts();
    }

    private static void makeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubService.class.getName());
        String classes = StubService.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classes);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : launched) {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
