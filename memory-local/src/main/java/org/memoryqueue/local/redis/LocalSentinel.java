package org.memoryqueue.local.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Directories;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.StopSignal;

/** A Sentinel on 127.0.0.1, as a child of this JVM, in a temporary directory. */
final class LocalSentinel implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Path directory;
    private final int port;
    private final Child process;

    private LocalSentinel(Path directory, int port, Child process) {
        this.directory = directory;
        this.port = port;
        this.process = process;
    }

    /** Starts one that watches a master, and returns when it answers. */
    static LocalSentinel watching(String name, LocalRedis master, int quorum) throws IOException {
        Path directory = Directories.createTemporary("memory-sentinel-");
        try {
            int port = Ports.free();
            Path configuration = Files.writeString(directory.resolve("sentinel.conf"), """
                    bind 127.0.0.1
                    port %1$d
                    dir %2$s
                    sentinel monitor %3$s %4$s %5$d %6$d
                    sentinel down-after-milliseconds %3$s 1000
                    sentinel failover-timeout %3$s 3000
                    """.formatted(
                            port, directory, name, master.host(), master.port(), quorum));
            Child process = Child.start(
                    List.of(master.binary().toString(), configuration.toString(), "--sentinel"),
                    directory,
                    System.getenv(),
                    StopSignal.TERM,
                    Output.inMemory());
            Readiness.await("Sentinel", process, PATIENCE, POLL, () -> Ping.isAnswered(port));
            return new LocalSentinel(directory, port, process);
        } catch (IOException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    int port() {
        return port;
    }

    void kill() {
        process.kill();
    }

    @Override
    public void close() throws IOException {
        kill();
        Directories.delete(directory);
    }
}
