package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Every job id that a client was given, and what became of it: none lost, none twice, none stuck. It is the books of one
 * load, of students of its own, and balances against the database, the index and the API.
 */
public final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many jobs are asked for by the API; the database is asked for all. */
    private static final int ASKED = 300;

    private final RunningSystem system;
    private final String students;

    /** Jobs that had completed and were erased by then: the lifetime number still has them. */
    private final long erasedBefore;

    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();
    private final Set<String> twoJobs = ConcurrentHashMap.newKeySet();
    private final Map<String, String> toFail = new ConcurrentHashMap<>();

    /**
     * What the books show once every job has ended.
     *
     * @param jobs all of them, completed but for those that failed
     * @param failed those that were expected to fail
     * @param executedTwice how many times a job was leased again because its lease was lost
     * @param released how many times a job was handed back undone
     */
    public record Balance(long jobs, long failed, long executedTwice, long released) {

        @Override
        public String toString() {
            return "%d jobs, lost 0, effects twice 0, executed twice %d, handed back %d"
                            .formatted(jobs, executedTwice, released)
                    + (failed == 0 ? "" : ", failed as expected " + failed);
        }
    }

    private record Row(long id, String session, String end, long attempts, long token) {}

    /** Opens a ledger for the students whose ids start so; nobody else hands in for them. */
    public Ledger(RunningSystem system, String students) {
        this.system = system;
        this.students = students;
        this.erasedBefore = system.database().count("""
                SELECT (SELECT sum(completed)::bigint FROM memory.queue_counter)
                       - (SELECT count(*) FROM memory.memory_job WHERE state = 'completed')
                """);
    }

    /** Writes down what a client was told. */
    void acknowledge(JsonNode session, long jobId) {
        Long before = acknowledged.put(key(session), jobId);
        if (before != null && before != jobId) {
            twoJobs.add(key(session));
        }
    }

    /** Expects a session to end as a dead letter, for that reason. */
    void expectFailure(JsonNode session, String errorCode) {
        toFail.put(key(session), errorCode);
    }

    private static String key(JsonNode session) {
        return session.get("studentId").asText() + " "
                + session.get("sessionStartTime").asText();
    }

    /** How many sessions are acknowledged. */
    int size() {
        return acknowledged.size();
    }

    /** How many jobs of the ledger are as the condition says. */
    public long jobs(String condition) {
        return system.database()
                .count("SELECT count(*) FROM memory.memory_job WHERE starts_with(student_id, '%s') AND (%s)"
                        .formatted(students, condition));
    }

    public long completed() {
        return jobs("state = 'completed'");
    }

    /** How long it took from the first row of the ledger to the last completion, by the database's clock. */
    double secondsFromFirstToLast() {
        return system.database()
                .rows(
                        "SELECT extract(epoch FROM max(finished_at) - min(created_at)) FROM memory.memory_job"
                                + " WHERE starts_with(student_id, '%s')".formatted(students),
                        row -> row.getDouble(1))
                .getFirst();
    }

    /** Waits for the end of every job, and balances the books. */
    public Balance balance(Duration patience, ServiceProcess api) {
        awaitNothingUnfinished(patience);
        Balance balance = balanceJobs();
        balanceEffects();
        balanceCounters();
        awaitEmptyIndex();
        balanceAnswers(api);
        return balance;
    }

    private void awaitNothingUnfinished(Duration patience) {
        try {
            await().atMost(patience)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> system.database().unfinished() == 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "Stuck: " + describe("state NOT IN ('completed', 'failed', 'cancelled')")
                            + "; entries in the index: " + system.index().length() + ", pending: "
                            + system.index().pending(),
                    e);
        }
    }

    private String describe(String condition) {
        return String.join("; ", system.database().rows("""
                        SELECT state || ' ' || id || ' attempts ' || attempts || ' token ' || lease_token || ' lost '
                               || lost_leases || coalesce(' lease ends in ' || (lease_until - now()), '')
                               || coalesce(' ' || failed_reason, '')
                          FROM memory.memory_job WHERE %s ORDER BY id LIMIT 10
                        """.formatted(condition), row -> row.getString(1)));
    }

    /** One row for each acknowledgement, under the id that was given, and every row has ended well. */
    private Balance balanceJobs() {
        List<Row> rows = system.database()
                .rows(
                        """
                SELECT id, student_id || ' ' || to_char(session_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                       coalesce(error_code, state), attempts, lease_token
                  FROM memory.memory_job WHERE starts_with(student_id, '%s')
                """.formatted(students),
                        row -> new Row(
                                row.getLong(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5)));
        Map<String, Row> bySession = rows.stream()
                .collect(Collectors.toMap(Row::session, Function.identity(), (a, b) -> {
                    throw new AssertionError("Two jobs of a session: " + a + ", " + b);
                }));
        List<String> wrong = new ArrayList<>();
        acknowledged.forEach((session, id) -> {
            Row row = bySession.get(session);
            if (row == null || row.id() != id) {
                wrong.add(session + " was acknowledged as " + id + " and is " + row);
            }
        });
        assertThat(wrong).as("acknowledged, and not there under its id").isEmpty();
        assertThat(twoJobs).as("acknowledged with two ids").isEmpty();
        assertThat(rows).as("a row for each acknowledged session, and no other").hasSize(acknowledged.size());
        assertThat(rows.stream()
                        .filter(row -> !row.end().equals(toFail.getOrDefault(row.session(), "completed")))
                        .limit(10))
                .as(() -> "ended otherwise than expected: " + describe("state <> 'completed'"))
                .isEmpty();
        return new Balance(
                rows.size(),
                toFail.size(),
                rows.stream().mapToLong(row -> Math.max(0, row.attempts() - 1)).sum(),
                rows.stream().mapToLong(row -> row.token() - row.attempts()).sum());
    }

    /** One memory for each session, made by its job, and every one counted once in its profile. */
    private void balanceEffects() {
        Database database = system.database();
        assertThat(count("student_chat_memories", "true"))
                .as("memories")
                .isEqualTo(acknowledged.size() - toFail.size());
        assertThat(database.count("""
                SELECT count(*) FROM memory.memory_job j
                 WHERE starts_with(j.student_id, '%s') AND state = 'completed' AND NOT EXISTS (
                       SELECT FROM memory.student_chat_memories m
                        WHERE m.id = j.memory_id AND m.job_id = j.id AND m.student_id = j.student_id
                          AND m.session_start = j.session_start AND m.fingerprint = j.fingerprint)
                """.formatted(students)))
                .as("jobs without the memory of their session")
                .isZero();
        assertThat(database.rows(
                        """
                SELECT student_id, p.total_sessions, m.sessions, p.total_messages, m.messages
                  FROM (SELECT student_id, chatbot_id, count(*) AS sessions, sum(student_message_count) AS messages
                          FROM memory.student_chat_memories WHERE starts_with(student_id, '%1$s') GROUP BY 1, 2) AS m
                  FULL JOIN (SELECT * FROM memory.student_learning_profiles WHERE starts_with(student_id, '%1$s')) AS p
                 USING (student_id, chatbot_id)
                 WHERE (p.total_sessions, p.total_messages) IS DISTINCT FROM (m.sessions, m.messages)
                """.formatted(students),
                        row -> row.getString(1) + ": " + row.getString(2) + "/" + row.getString(3) + " sessions, "
                                + row.getString(4) + "/" + row.getString(5) + " messages"))
                .as("profiles that do not add up")
                .isEmpty();
    }

    private long count(String table, String condition) {
        return system.database()
                .count("SELECT count(*) FROM memory.%s WHERE starts_with(student_id, '%s') AND (%s)"
                        .formatted(table, students, condition));
    }

    /** The counters obey their conservation law, and tell what the rows tell. */
    private void balanceCounters() {
        Map<String, Long> counted = new TreeMap<>();
        system.database().rows("""
                SELECT sum(accepted), sum(waiting_high + waiting_normal + waiting_low), sum(delayed), sum(running),
                       sum(completed), sum(failed), sum(cancelled), sum(erased)
                  FROM memory.queue_counter
                """, row -> {
            counted.put("accepted", row.getLong(1));
            counted.put("waiting", row.getLong(2));
            counted.put("delayed", row.getLong(3));
            counted.put("running", row.getLong(4));
            counted.put("completed", row.getLong(5));
            counted.put("failed", row.getLong(6));
            counted.put("cancelled", row.getLong(7));
            counted.put("erased", row.getLong(8));
            return row;
        });
        long parts = counted.values().stream().mapToLong(Long::longValue).sum() - counted.getOrDefault("accepted", 0L);
        assertThat(parts)
                .as("accepted is the sum of all other counters: %s", counted)
                .isEqualTo(counted.get("accepted"));
        assertThat(List.of(
                        counted.getOrDefault("waiting", 0L),
                        counted.getOrDefault("delayed", 0L),
                        counted.getOrDefault("running", 0L)))
                .as("counted as unfinished")
                .containsOnly(0L);
        assertThat(counted.get("completed"))
                .as("counted as completed")
                .isEqualTo(erasedBefore
                        + system.database().count("SELECT count(*) FROM memory.memory_job WHERE state = 'completed'"));
    }

    /** At rest no entry is left, once what was pending for the dead has been looked at. */
    private void awaitEmptyIndex() {
        try {
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> system.index().length() == 0 && system.index().pending() == 0);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "At rest the index holds " + system.index().length() + " entries, "
                            + system.index().pending() + " of them pending",
                    e);
        }
    }

    /** What a client is told about its job: for a part of the jobs, since each is a request. */
    private void balanceAnswers(ServiceProcess api) {
        List<Long> ids = acknowledged.entrySet().stream()
                .filter(job -> !toFail.containsKey(job.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
        Set<String> memories = new HashSet<>();
        int step = Math.max(1, ids.size() / ASKED);
        for (int i = 0; i < ids.size(); i += step) {
            JsonNode job = json(api, "/api/student/memory/jobs/" + ids.get(i));
            assertThat(job.get("state").asText()).as("job " + ids.get(i)).isEqualTo("completed");
            assertThat(memories.add(job.get("result").get("memoryId").asText()))
                    .as("a memory of its own for job " + ids.get(i))
                    .isTrue();
        }
        assertThat(json(api, "/api/admin/queue-status")
                        .get("metrics")
                        .get("total")
                        .asInt())
                .isZero();
    }

    private static JsonNode json(ServiceProcess api, String path) {
        try {
            HttpResponse<String> answer = api.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
