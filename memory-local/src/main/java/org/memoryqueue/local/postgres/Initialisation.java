package org.memoryqueue.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Makes a new data directory, with one user and one database. */
final class Initialisation {
    private static final int SECONDS_AT_MOST = 120;

    private Initialisation() {}

    static void run(PostgresBinaries binaries, Path directory, boolean durable) throws IOException {
        makeCluster(binaries, directory, durable);
        makeDatabase(binaries, directory);
    }

    private static void makeCluster(PostgresBinaries binaries, Path directory, boolean durable) throws IOException {
        Path password = Files.createTempFile("memory-queue", ".password");
        try {
            Files.writeString(password, LocalPostgres.PASSWORD);
            List<String> command = new ArrayList<>(List.of(binaries.program("initdb")));
            command.addAll(List.of("--pgdata", directory.toString()));
            command.addAll(List.of("--username", LocalPostgres.USER, "--pwfile", password.toString()));
            command.addAll(List.of("--auth", "scram-sha-256"));
            // The built-in provider sorts and folds alike on every system; the operating system's locales do not.
            command.addAll(List.of("--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"));
            command.addAll(List.of("--builtin-locale", "C.UTF-8"));
            if (!durable) {
                command.add("--no-sync");
            }
            execute(command, "");
        } finally {
            Files.delete(password);
        }
    }

    /** In single-user mode, since that needs no server, no port and no password. */
    private static void makeDatabase(PostgresBinaries binaries, Path directory) throws IOException {
        List<String> command =
                List.of(binaries.program("postgres"), "--single", "-D", directory.toString(), "postgres");
        execute(command, "CREATE DATABASE " + LocalPostgres.DATABASE + ";\n");
    }

    private static void execute(List<String> command, String input) throws IOException {
        Path output = Files.createTempFile("memory-queue", ".log");
        Process process = new ProcessBuilder(RootDisguise.around(command))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            try (var stdin = process.outputWriter()) {
                stdin.write(input);
            }
            if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                throw new IOException(command.getFirst() + " did not end within " + SECONDS_AT_MOST + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException("Postgres could not make " + command + ":\n"
                        + Files.readString(output).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while making the data directory of Postgres", e);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }
}
