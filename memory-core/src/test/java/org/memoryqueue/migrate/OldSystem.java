package org.memoryqueue.migrate;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.memoryqueue.testing.LocalServers;
import org.memoryqueue.testing.Stores;

/** The tables of the old system beside ours, and the files of docs/migrate. */
final class OldSystem {

    private static final Path FILES = Path.of("..", "docs", "migrate");

    private final String url;

    /** Makes the tables. @param idType of all ids but those of profiles */
    OldSystem(Stores stores, String idType) {
        this.url = LocalServers.jdbcUrl((String) stores.value("SELECT current_database()"));
        run("""
                CREATE TABLE public.student_chat_memories (
                    id %1$s PRIMARY KEY,
                    student_id %1$s, chatbot_id %1$s, room_id %1$s,
                    conversation_summary text, key_topics text[], learning_insights jsonb, next_steps text,
                    message_count integer, session_duration_seconds integer, created_at timestamptz DEFAULT now());
                CREATE TABLE public.student_learning_profiles (
                    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
                    student_id %1$s, chatbot_id %1$s, room_id %1$s,
                    topics_mastered text[], topics_in_progress text[], topics_struggling text[], topic_progress jsonb,
                    preferred_explanation_style text, pace_preference text,
                    total_sessions integer, total_messages integer, last_session_at timestamptz)
                """.formatted(idType));
    }

    /**
     * Adds a memory as the old system writes them.
     *
     * @param columns what is otherwise, as SQL
     */
    UUID remembers(String student, Map<String, String> columns) {
        UUID id = UUID.randomUUID();
        Map<String, String> row = new LinkedHashMap<>();
        row.put("id", "'" + id + "'");
        row.put("student_id", "'" + student + "'");
        row.put("chatbot_id", "'00000000-0000-4000-8000-00000000c4a7'");
        row.put("room_id", "'00000000-0000-4000-8000-000000000007'");
        row.put("conversation_summary", "'They talked.'");
        row.put("key_topics", "ARRAY['fractions']");
        row.put(
                "learning_insights",
                "'{\"understood\": [\"halves\"], \"struggling\": [\"thirds\"], \"progress\": \"moved on\"}'");
        row.put("next_steps", "'practise thirds'");
        row.put("message_count", "6");
        row.put("session_duration_seconds", "300");
        row.put("created_at", "'2026-05-04 10:05:03.25+00'");
        row.putAll(columns);
        run("INSERT INTO public.student_chat_memories (" + String.join(", ", row.keySet()) + ") VALUES ("
                + row.values().stream().collect(joining(", ")) + ")");
        return id;
    }

    /** Adds a memory of a session that ended then. */
    UUID remembers(String student, String createdAt, int seconds, int messages) {
        return remembers(
                student,
                Map.of(
                        "created_at", "'" + createdAt + "'",
                        "session_duration_seconds", String.valueOf(seconds),
                        "message_count", String.valueOf(messages)));
    }

    /** Brings the memories into ours. */
    void importAll() {
        runFile("import.sql");
    }

    /** Takes them out again. */
    void rollBack() {
        runFile("roll-back.sql");
    }

    /** What check.sql found. */
    Map<String, Long> check() {
        return runFile("check.sql");
    }

    /** What check.sql found that is not as it should be. */
    Map<String, Long> complaints() {
        Map<String, Long> wrong = check();
        wrong.keySet().removeIf(finding -> !finding.endsWith("!"));
        return wrong;
    }

    private Map<String, Long> runFile(String name) {
        return run(read("prepare.sql"), read(name));
    }

    /** Runs statements, on one connection of their own; returns the last rows, if they are findings. */
    Map<String, Long> run(String... scripts) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Map<String, Long> last = new TreeMap<>();
            for (String script : scripts) {
                boolean isRows = statement.execute(script);
                while (isRows || statement.getUpdateCount() >= 0) {
                    if (isRows) {
                        last = findings(statement.getResultSet());
                    }
                    isRows = statement.getMoreResults();
                }
            }
            return last;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A connection to the database of both. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                url, LocalServers.postgres().user(), LocalServers.postgres().password());
    }

    /** By their names; one that is not as expected is marked. */
    private static Map<String, Long> findings(ResultSet rows) throws SQLException {
        Map<String, Long> findings = new TreeMap<>();
        while (rows.getMetaData().getColumnCount() == 3 && rows.next()) {
            long expected = rows.getLong(3);
            boolean isWrong = !rows.wasNull() && expected != rows.getLong(2);
            findings.put(rows.getString(1) + (isWrong ? "!" : ""), rows.getLong(2));
        }
        return findings;
    }

    private static String read(String name) {
        try {
            return Files.readString(FILES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
