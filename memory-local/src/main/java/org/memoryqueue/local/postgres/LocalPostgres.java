package org.memoryqueue.local.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.local.process.Child;
import org.memoryqueue.local.process.Directories;
import org.memoryqueue.local.process.ExitHook;
import org.memoryqueue.local.process.Output;
import org.memoryqueue.local.process.Ports;
import org.memoryqueue.local.process.Readiness;
import org.memoryqueue.local.process.Service;
import org.memoryqueue.local.process.StopSignal;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A Postgres 17 on 127.0.0.1, as a child of this JVM: it stops when closed, and also when the JVM ends in any other way.
 * It runs as root and as a normal user.
 */
public final class LocalPostgres implements Service {
    static final String USER = "memory";
    static final String PASSWORD = "memory";
    static final String DATABASE = "memory";

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final PostgresBinaries binaries;
    private final PostgresOptions options;
    private final Path directory;
    private final int port;
    private final Output output;
    private @Nullable ExitHook exitHook;
    private volatile Child server;

    private LocalPostgres(PostgresBinaries binaries, PostgresOptions options, Path directory) throws IOException {
        this.binaries = binaries;
        this.options = options;
        this.directory = directory;
        this.port = Ports.orFree(options.port());
        this.output = Output.toOrInMemory(options.log());
        this.server = launch();
    }

    /** A temporary server on a free port, fast rather than durable. */
    public static LocalPostgres start() throws IOException {
        return start(PostgresOptions.temporary());
    }

    /**
     * Starts a server and returns when it accepts connections.
     *
     * @throws IOException with one line that says what is wrong: the directory, the port, or the server's own last lines
     */
    public static LocalPostgres start(PostgresOptions options) throws IOException {
        PostgresBinaries binaries = PostgresBinaries.obtain();
        Path kept = options.directory();
        if (kept != null) {
            return new LocalPostgres(binaries, options, kept);
        }
        return startTemporary(binaries, options);
    }

    private static LocalPostgres startTemporary(PostgresBinaries binaries, PostgresOptions options) throws IOException {
        Path directory = Directories.createTemporary("memory-postgres-");
        try {
            LocalPostgres temporary = new LocalPostgres(binaries, options, directory);
            temporary.exitHook = ExitHook.closing(temporary);
            return temporary;
        } catch (IOException e) {
            Directories.delete(directory);
            throw e;
        }
    }

    private Child launch() throws IOException {
        DataDirectory data = new DataDirectory(directory, binaries);
        data.prepare(options.durable());
        Child child = Child.start(RootDisguise.around(command()), directory, System.getenv(), StopSignal.INT, output);
        Readiness.await("Postgres", child, PATIENCE, POLL, () -> data.isReady(child.pid()));
        return child;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(binaries.program("postgres"), "-D", directory.toString()));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private Map<String, String> settings() {
        String durability = options.durable() ? "on" : "off";
        Map<String, String> settings = new TreeMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("port", Integer.toString(port));
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "200");
        settings.put("timezone", "UTC");
        settings.put("fsync", durability);
        settings.put("synchronous_commit", durability);
        settings.put("full_page_writes", durability);
        settings.putAll(options.settings());
        return settings;
    }

    @Override
    public String name() {
        return "postgres";
    }

    /** {@code postgresql://user:password@127.0.0.1:port/database}, as {@code DATABASE_URL} wants it. */
    public String url() {
        return url(DATABASE);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return port;
    }

    /** Where the data is. */
    public Path directory() {
        return directory;
    }

    /** The process id of the postmaster. */
    @Override
    public long pid() {
        return server.pid();
    }

    /**
     * Makes an empty database, and returns its url.
     *
     * @throws IllegalArgumentException when the name would need quoting
     */
    public String createDatabase(String name) throws SQLException {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of a database: " + name);
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl());
        source.setUser(USER);
        source.setPassword(PASSWORD);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            // A name cannot be bound; this one was checked above.
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    /** The url of another database of this server. */
    public String url(String database) {
        return "postgresql://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port + "/" + database;
    }

    @Override
    public CompletableFuture<Integer> onExit() {
        return server.onExit();
    }

    @Override
    public List<String> lastLines() {
        return server.lastLines();
    }

    /** Kills the server and all its backends, as a crash of the machine's memory would. */
    public void kill() {
        server.kill();
    }

    /** Starts it again on the same data and port; stops it first when it runs. */
    @Override
    public void restart() throws IOException {
        server.stop(GRACE);
        server = launch();
    }

    @Override
    public void stop(Duration grace) {
        server.stop(grace);
    }

    /** Stops the server; the data goes with it when it was temporary. */
    @Override
    public void close() throws IOException {
        stop(GRACE);
        if (exitHook != null) {
            exitHook.cancel();
            Directories.delete(directory);
        }
    }
}
