package org.memoryqueue.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.memoryqueue.local.process.Ports;

class LocalPostgresTest {
    private static final String DURABILITY =
            "SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'),"
                    + " current_setting('full_page_writes'))";

    static LocalPostgres shared;

    @TempDir
    Path directory;

    @BeforeAll
    static void startShared() throws IOException {
        shared = LocalPostgres.start(PostgresOptions.temporary().withSetting("statement_timeout", "1234ms"));
    }

    @AfterAll
    static void stopShared() throws IOException {
        shared.close();
    }

    @Test
    void isDurableWhenKept() throws Exception {
        try (LocalPostgres kept = LocalPostgres.start(PostgresOptions.keptIn(directory.resolve("data")))) {
            assertThat(ask(kept, DURABILITY)).isEqualTo("on on on");
        }
    }

    @Test
    void isFastWhenTemporaryListensOnlyToLoopbackAndTakesFurtherSettings() throws Exception {
        assertThat(ask(shared, DURABILITY)).isEqualTo("off off off");
        assertThat(ask(shared, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(ask(shared, "SHOW max_connections")).isEqualTo("200");
        assertThat(ask(shared, "SHOW statement_timeout")).isEqualTo("1234ms");
        assertThat(ask(shared, "SHOW server_version")).startsWith("17.");
        assertThat(shared.url()).isEqualTo("postgresql://memory:memory@127.0.0.1:" + shared.port() + "/memory");
    }

    @Test
    void keepsItsDataThroughARestartAndAKill() throws Exception {
        Path data = directory.resolve("data");
        try (LocalPostgres postgres = LocalPostgres.start(quicklyKept(data))) {
            run(postgres, "CREATE TABLE kept (word text)");
            run(postgres, "INSERT INTO kept VALUES ('before')");
            postgres.restart();
            assertThat(ask(postgres, "SELECT word FROM kept")).isEqualTo("before");

            long pid = postgres.pid();
            run(postgres, "UPDATE kept SET word = 'committed'");
            postgres.kill();
            assertThat(ProcessHandle.of(pid)).isEmpty();
            assertThat(Ports.isFree(postgres.port())).isTrue();

            postgres.restart();
            assertThat(postgres.pid()).isNotEqualTo(pid);
            assertThat(ask(postgres, "SELECT word FROM kept")).isEqualTo("committed");
        }
        try (LocalPostgres again = LocalPostgres.start(quicklyKept(data))) {
            assertThat(ask(again, "SELECT word FROM kept")).isEqualTo("committed");
        }
    }

    @Test
    void startsThoughAKilledServersProcessIdWasGivenToAnotherProcess() throws Exception {
        Path data = directory.resolve("data");
        try (LocalPostgres postgres =
                LocalPostgres.start(PostgresOptions.keptIn(data).withDurable(false))) {
            postgres.kill();
            Path lock = data.resolve("postmaster.pid");
            String own = Long.toString(ProcessHandle.current().pid());
            Files.writeString(lock, Files.readString(lock).replaceFirst("\\d+", own));
            postgres.restart();
            assertThat(ask(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesTheDataOfAnotherVersionAndOtherFiles() throws Exception {
        Files.writeString(directory.resolve("PG_VERSION"), "16\n");
        assertThatThrownBy(() -> LocalPostgres.start(PostgresOptions.keptIn(directory)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Postgres 16")
                .hasMessageNotContaining("\n");

        Path other = Files.createDirectory(directory.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "three years of work");
        assertThatThrownBy(() -> LocalPostgres.start(PostgresOptions.keptIn(other)))
                .hasMessageContaining("something else");
        assertThat(other.resolve("thesis.txt")).exists();
    }

    @Test
    void makesFurtherDatabases() throws Exception {
        String url = shared.createDatabase("second");
        assertThat(url).endsWith("/second");
        String jdbc = shared.jdbcUrl().replace("/memory", "/second");
        try (Connection connection = DriverManager.getConnection(jdbc, shared.user(), shared.password())) {
            assertThat(connection.getCatalog()).isEqualTo("second");
        }
        assertThatThrownBy(() -> shared.createDatabase("x; DROP DATABASE memory"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stopsWithoutWaitingForItsClientsAndLeavesNothingBehind() throws Exception {
        LocalPostgres postgres = LocalPostgres.start();
        assertThat(postgres.directory()).isDirectory();
        try (Connection client = connect(postgres)) {
            assertThat(client.isValid(1)).isTrue();
            postgres.stop(Duration.ofSeconds(20));
            assertThat(postgres.onExit().get(5, TimeUnit.SECONDS)).isZero();
        }
        postgres.close();
        assertThat(postgres.directory()).doesNotExist();
        assertThat(ProcessHandle.of(postgres.pid())).isEmpty();
    }

    /** Survives a kill of the server, which is not the crash of the machine that fsync is for. */
    private static PostgresOptions quicklyKept(Path data) {
        return PostgresOptions.keptIn(data).withDurable(false).withSetting("synchronous_commit", "on");
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    private static void run(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
