package org.memoryqueue.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.memoryqueue.kubernetes.tool.Command;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.process.Ports;

/**
 * A Postgres for the services. The system's, when it is installed with its clients, so that backups can be made and restored
 * by the very scripts of the manifests; else the one that the project brings, which has no clients.
 */
final class LivePostgres implements AutoCloseable {

    private static final String USER = "memory";
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    private final String url;
    private final Optional<Path> clients;
    private final Runnable stop;

    private LivePostgres(String url, Optional<Path> clients, Runnable stop) {
        this.url = url;
        this.clients = clients;
        this.stop = stop;
    }

    static LivePostgres start(Path directory) throws IOException {
        Optional<Path> binaries = installed();
        return binaries.isPresent() ? startInstalled(binaries.get(), directory) : startOwn();
    }

    /** The address of its database. */
    String url() {
        return url;
    }

    /** Where psql, pg_dump and pg_restore of the same version are, if they are. */
    Optional<Path> clients() {
        return clients;
    }

    @Override
    public void close() {
        stop.run();
    }

    private static Optional<Path> installed() {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Stream.of("initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pg_restore")
                            .allMatch(program -> Files.isExecutable(bin.resolve(program))))
                    .max(Path::compareTo);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LivePostgres startInstalled(Path bin, Path directory) throws IOException {
        Path data = directory.resolve("data");
        Files.createDirectories(directory);
        if (isRoot()) {
            Command.run(directory, List.of("chown", "65534:65534", directory.toString()))
                    .successful();
        }
        int port = Ports.free();
        run(bin, directory, "initdb", "-D", data.toString(), "-U", USER, "-A", "trust", "--no-sync");
        run(
                bin,
                directory,
                "pg_ctl",
                "-D",
                data.toString(),
                "-w",
                "-l",
                directory.resolve("postgres.log").toString(),
                "-o",
                "-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off -c unix_socket_directories=" + directory,
                "start");
        String server = "postgresql://" + USER + "@127.0.0.1:" + port + "/";
        Command.run(
                        directory,
                        List.of(bin.resolve("psql").toString(), server + "postgres", "-c", "CREATE DATABASE memory"))
                .successful();
        return new LivePostgres(
                server + "memory",
                Optional.of(bin),
                () -> run(bin, directory, "pg_ctl", "-D", data.toString(), "-m", "immediate", "stop"));
    }

    private static LivePostgres startOwn() throws IOException {
        LocalPostgres own = LocalPostgres.start();
        return new LivePostgres(own.url(), Optional.empty(), () -> {
            try {
                own.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Postgres refuses to run as root. */
    private static void run(Path bin, Path directory, String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        words.add(bin.resolve(program).toString());
        words.addAll(List.of(arguments));
        Command.run(directory, detached(directory, words)).successful();
    }

    /** The server that pg_ctl leaves behind must not keep our pipes open. */
    private static List<String> detached(Path directory, List<String> words) {
        List<String> all =
                new ArrayList<>(List.of("sh", "-c", "exec \"$0\" \"$@\" >>\"" + directory + "/out\" 2>&1 </dev/null"));
        all.addAll(words);
        return all;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
