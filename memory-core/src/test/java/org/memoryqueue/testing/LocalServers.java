package org.memoryqueue.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.memoryqueue.local.redis.LocalRedis;
import org.memoryqueue.local.redis.RedisOptions;

/**
 * One Postgres and one Redis for all tests of a JVM, started when the first asks for them and stopped when the JVM ends.
 * Whatever the developer's environment points at is left alone.
 */
public final class LocalServers {

    private static final String SCHEMA = "memory";
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private LocalServers() {}

    private static final class Postgres {
        static final LocalPostgres SERVER = start();

        private static LocalPostgres start() {
            try {
                LocalPostgres server = LocalPostgres.start();
                server.createDatabase(TEMPLATE);
                migrate(server, TEMPLATE);
                pretendThatALeaderSeesIt(server);
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException("The template cannot be made", e);
            }
        }
    }

    private static final class Bundled {
        static final LocalRedis SERVER = start();

        private static LocalRedis start() {
            try {
                return LocalRedis.startBundled(RedisOptions.temporary());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Redis {
        static final LocalRedis SERVER = start();

        private static LocalRedis start() {
            try {
                return LocalRedis.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The Postgres server. */
    public static LocalPostgres postgres() {
        return Postgres.SERVER;
    }

    /** The Redis server: the system's when that is 7 or newer, else the bundled 6.2. */
    public static LocalRedis redis() {
        return Redis.SERVER;
    }

    /** One of each version at hand: the bundled 6.2, and the system's when that is 7 or newer. They behave differently. */
    public static List<LocalRedis> redisOfEachVersion() {
        return redis().version().startsWith("6.") ? List.of(redis()) : List.of(Bundled.SERVER, redis());
    }

    /** Makes a migrated database without any rows, in a tenth of a second; returns its name. */
    public static String freshDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect(postgres(), "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
            return name;
        } catch (SQLException e) {
            throw new IllegalStateException("No fresh database", e);
        }
    }

    /** The JDBC address of a database of the server. */
    public static String jdbcUrl(String database) {
        return jdbcUrl(postgres(), database);
    }

    private static void migrate(LocalPostgres server, String database) {
        Flyway.configure()
                .dataSource(jdbcUrl(server, database), server.user(), server.password())
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .load()
                .migrate();
    }

    /** Else no lease would count as lost where no maintenance runs. */
    private static void pretendThatALeaderSeesIt(LocalPostgres server) throws SQLException {
        try (Connection connection = connect(server, TEMPLATE);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE memory.maintenance_leader SET seen_at = 'infinity'");
        }
    }

    private static Connection connect(LocalPostgres server, String database) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(server, database), server.user(), server.password());
    }

    private static String jdbcUrl(LocalPostgres server, String database) {
        return "jdbc:postgresql://" + server.host() + ":" + server.port() + "/" + database;
    }
}
