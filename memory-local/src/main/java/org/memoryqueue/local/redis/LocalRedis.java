package org.memoryqueue.local.redis;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Directories;
import org.memoryqueue.local.process.ExitHook;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.Service;
import org.memoryqueue.local.process.StopSignal;

/**
 * A Redis on 127.0.0.1, as a child of this JVM: it stops when closed, and also when the JVM ends in any other way. It is
 * the system's {@code redis-server} when that is version 7 or newer, else the 6.2 from the embedded-redis jar.
 */
public final class LocalRedis implements Service {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final RedisBinary binary;
    private final RedisOptions options;
    private final Path directory;
    private final int port;
    private final Output output;
    private @Nullable ExitHook exitHook;
    private volatile Child server;

    private LocalRedis(RedisBinary binary, RedisOptions options, Path directory) throws IOException {
        this.binary = binary;
        this.options = options;
        this.directory = directory;
        this.port = Ports.orFree(options.port());
        this.output = Output.toOrInMemory(options.log());
        this.server = launch();
    }

    /** A temporary server on a free port, without persistence. */
    public static LocalRedis start() throws IOException {
        return start(RedisOptions.temporary());
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @throws IOException when it does not start; the message has its last lines
     */
    public static LocalRedis start(RedisOptions options) throws IOException {
        return start(RedisBinary.find(), options);
    }

    /** The one from the jar, whatever the system has: for tests of what only the older version does. */
    public static LocalRedis startBundled(RedisOptions options) throws IOException {
        return start(RedisBinary.bundled(), options);
    }

    private static LocalRedis start(RedisBinary binary, RedisOptions options) throws IOException {
        Path kept = options.directory();
        if (kept != null) {
            return new LocalRedis(binary, options, kept);
        }
        return startTemporary(binary, options);
    }

    private static LocalRedis startTemporary(RedisBinary binary, RedisOptions options) throws IOException {
        Path directory = Directories.createTemporary("memory-redis-");
        try {
            LocalRedis temporary = new LocalRedis(binary, options, directory);
            temporary.exitHook = ExitHook.closing(temporary);
            return temporary;
        } catch (IOException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    private Child launch() throws IOException {
        Directories.create(directory);
        Child child = Child.start(command(), directory, System.getenv(), StopSignal.TERM, output);
        Readiness.await("Redis", child, PATIENCE, POLL, () -> Ping.isAnswered(port));
        return child;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(binary.path().toString());
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--daemonize", "no", "--dir", directory.toString(), "--save", ""));
        command.addAll(List.of("--appendonly", options.appendOnly() ? "yes" : "no", "--appendfsync", "everysec"));
        command.addAll(options.arguments());
        return command;
    }

    @Override
    public String name() {
        return "redis";
    }

    /** Such as 7.0.15. */
    public String version() {
        return binary.version();
    }

    /** The program that runs. */
    public Path binary() {
        return binary.path();
    }

    /** {@code redis://127.0.0.1:port}. */
    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return server.onExit();
    }

    @Override
    public List<String> lastLines() {
        return server.lastLines();
    }

    /** Kills the server, as {@code kill -9} does. */
    public void kill() {
        server.kill();
    }

    /** Starts it again on the same directory and port; stops it first when it runs. */
    @Override
    public void restart() throws IOException {
        server.stop(GRACE);
        server = launch();
    }

    @Override
    public void stop(Duration grace) {
        server.stop(grace);
    }

    /** Stops the server; its directory goes with it when it was temporary. */
    @Override
    public void close() throws IOException {
        stop(GRACE);
        if (exitHook != null) {
            exitHook.cancel();
            Directories.delete(directory);
        }
    }
}
