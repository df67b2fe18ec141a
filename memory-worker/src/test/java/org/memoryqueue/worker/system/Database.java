package org.memoryqueue.worker.system;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.memoryqueue.local.postgres.LocalPostgres;
import org.postgresql.ds.PGSimpleDataSource;

/** Postgres as the test sees it: on connections of its own, which no fault is meant for. */
public final class Database {

    /** What the rows of a result are made into. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private final PGSimpleDataSource source = new PGSimpleDataSource();

    Database(LocalPostgres postgres) {
        source.setUrl(postgres.jdbcUrl());
        source.setUser(postgres.user());
        source.setPassword(postgres.password());
        source.setApplicationName("test");
    }

    /** The address of the same database on another port of this machine. */
    static String url(int port) {
        return "postgresql://memory:memory@127.0.0.1:" + port + "/memory";
    }

    Connection connect() throws SQLException {
        return source.getConnection();
    }

    /** The one value of a query. */
    public long count(String sql) {
        return rows(sql, row -> row.getLong(1)).getFirst();
    }

    public <T> List<T> rows(String sql, RowMapper<T> mapper) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapper.map(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    void run(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** How many jobs have not ended. */
    public long unfinished() {
        return count("SELECT sum(waiting_high + waiting_normal + waiting_low + delayed + running)"
                + " FROM memory.queue_counter");
    }

    /** How many connections a service has. */
    long connections(ServiceProcess service) {
        return connections(service, "true");
    }

    private long connections(ServiceProcess service, String condition) {
        return count("SELECT count(*) FROM pg_stat_activity WHERE application_name = '%s' AND %s"
                .formatted(service.name(), condition));
    }

    /** The workers that have lost leases, by their names in the index. */
    List<String> losers() {
        return rows(
                "SELECT worker || ': ' || count(*) FROM memory.job_attempt WHERE outcome = 'lost' GROUP BY worker",
                row -> row.getString(1));
    }

    /** How many statements of a service are being executed. */
    long active(ServiceProcess service) {
        return connections(service, "state = 'active'");
    }

    /** How many transactions a service has open that have locked profiles, without executing a statement. */
    long holdingProfiles(ServiceProcess service) {
        return connections(service, """
                state = 'idle in transaction' AND EXISTS (
                    SELECT FROM pg_locks l
                     WHERE l.pid = pg_stat_activity.pid AND l.mode IN ('RowShareLock', 'RowExclusiveLock')
                       AND l.relation = 'memory.student_learning_profiles'::regclass)
                """);
    }

    /** Ends one connection of the services, chosen at random by the server; returns how many ended. */
    long terminateOne() {
        try (Connection connection = connect()) {
            return terminateOne(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, when the server has no connection to spare. */
    static long terminateOne(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("""
                        SELECT count(*) FILTER (WHERE pg_terminate_backend(pid))
                          FROM (SELECT pid FROM pg_stat_activity
                                 WHERE application_name LIKE 'api-%' OR application_name LIKE 'worker-%'
                                 ORDER BY random() LIMIT 1) AS victim
                        """)) {
            result.next();
            return result.getLong(1);
        }
    }
}
