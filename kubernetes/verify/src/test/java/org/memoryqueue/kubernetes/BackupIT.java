package org.memoryqueue.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.memoryqueue.kubernetes.manifest.Manifests;
import org.memoryqueue.kubernetes.tool.Command;

/** The scripts of the backup, as they are rendered, on a Postgres with its own clients. */
class BackupIT {

    /** Of all tables but the two into which running services write every few seconds that they are there. */
    private static final String CONTENTS = """
            SELECT format('SELECT %L, md5(coalesce(string_agg(t::text, E''\\n'' ORDER BY t::text), '''')) FROM %I.%I t',
                          tablename, schemaname, tablename)
              FROM pg_tables
             WHERE schemaname = 'memory' AND tablename NOT IN ('maintenance_leader', 'process')
             ORDER BY tablename
            \\gexec
            """;

    private final LivePostgres postgres = LiveServices.started().postgres();
    private Path directory = Path.of("");

    @BeforeEach
    void scriptsOfTheManifest() throws IOException {
        assumeTrue(
                postgres.clients().isPresent(),
                "SKIPPED: the restore was not tried, since no Postgres with pg_dump is installed (Debian: postgresql)");
        directory = Files.createTempDirectory("memory-backup");
        Manifests staging = Rendered.overlay("staging");
        for (String script : List.of("backup-postgres.sh", "restore-postgres.sh")) {
            Files.writeString(
                    directory.resolve(script),
                    staging.get("ConfigMap", "backup-scripts")
                            .path("data")
                            .path(script)
                            .asText());
        }
    }

    @Test
    void whatWasDumpedIsRestoredToTheLastRowAndServes() throws IOException {
        String dump = run("backup-postgres.sh", postgres.url()).successful().strip();
        String restored = database("restored");

        run("restore-postgres.sh", restored).successful();

        assertThat(dump).endsWith(".dump");
        assertThat(contents(restored)).isEqualTo(contents(postgres.url())).contains("memory_job", "student_chat_mem");
        assertThat(LiveServices.started().migrate(restored))
                .as("memory-api takes the restored schema for its own")
                .isZero();
    }

    @Test
    void aRestoreTouchesNoDatabaseThatIsInUse() {
        run("backup-postgres.sh", postgres.url()).successful();

        Command refused = run("restore-postgres.sh", postgres.url());

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).contains("already");
    }

    @Test
    void aDumpThatFailsLeavesNothingBehind() throws IOException {
        Command failed = run("backup-postgres.sh", postgres.url() + "-that-is-not-there");

        assertThat(failed.exitCode()).isNotZero();
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.contains("dump"));
        }
    }

    private Command run(String script, String url) {
        return Command.run(directory, List.of("sh", script), variables(url));
    }

    private Map<String, String> variables(String url) {
        Map<String, String> variables = new HashMap<>();
        variables.put("PATH", clients() + ":" + System.getenv("PATH"));
        variables.put("DATABASE_URL", url);
        variables.put("BACKUP_DIRECTORY", directory.toString());
        variables.put("BACKUP_KEEP_DAYS", "14");
        return variables;
    }

    private String database(String name) {
        Command.run(
                        directory,
                        List.of(clients().resolve("psql").toString(), postgres.url(), "-c", "CREATE DATABASE " + name))
                .successful();
        return postgres.url().replaceFirst("/[^/]*$", "/" + name);
    }

    /** A digest of the rows of each table. */
    private String contents(String url) throws IOException {
        Path query = Files.writeString(directory.resolve("contents.sql"), CONTENTS);
        return Command.run(
                        directory, List.of(clients().resolve("psql").toString(), url, "-XAt", "-f", query.toString()))
                .successful();
    }

    private Path clients() {
        return postgres.clients().orElseThrow();
    }
}
