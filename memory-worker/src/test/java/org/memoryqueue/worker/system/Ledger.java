package org.memoryqueue.worker.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every job id that a client was given, and what became of it: none lost, none twice, none stuck. */
final class Ledger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RunningSystem system;
    private final String students;
    private final long completedBefore;
    private final Map<String, JsonNode> acknowledged = new ConcurrentHashMap<>();

    /** Opens a ledger for the students whose ids start so; nobody else hands in for them. */
    Ledger(RunningSystem system, String students) {
        this.system = system;
        this.students = students;
        this.completedBefore =
                json("/api/admin/queue-status").get("metrics").get("completed").asLong();
    }

    /** Hands sessions in from 16 clients at once; each is accepted. */
    void handIn(List<JsonNode> sessions) {
        try (var clients = java.util.concurrent.Executors.newFixedThreadPool(16)) {
            sessions.forEach(session -> clients.submit(() -> handIn(session)));
        }
        assertThat(acknowledged).as("accepted").hasSize(sessions.size());
    }

    private void handIn(JsonNode session) {
        try {
            HttpResponse<String> answer = system.post("/api/student/memory", session.toString());
            if (answer.statusCode() == 202) {
                acknowledged.put(JSON.readTree(answer.body()).get("jobId").asText(), session);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many jobs of the ledger are as the condition says. */
    long jobs(String condition) {
        return count("count(*)", "memory_job", condition);
    }

    private long count(String what, String table, String condition) {
        return system.count("SELECT %s FROM memory.%s WHERE starts_with(student_id, '%s') AND %s"
                .formatted(what, table, students, condition));
    }

    int size() {
        return acknowledged.size();
    }

    long completed() {
        return jobs("state = 'completed'");
    }

    /** When the last job of the ledger was completed, after that moment of {@link System#nanoTime()}. */
    double secondsUntilCompleted(long begin) {
        double age = System.nanoTime() - begin;
        double sinceLast =
                1e6 * count("(extract(epoch FROM now() - max(finished_at)) * 1000)::bigint", "memory_job", "true");
        return (age - sinceLast) / 1e9;
    }

    /** Waits for the end of every job, and balances the books. */
    void awaitAllRememberedOnce(Duration patience) {
        await().atMost(patience).pollInterval(Duration.ofMillis(200)).until(() -> completed() >= acknowledged.size());
        Set<String> memories = new HashSet<>();
        for (String jobId : acknowledged.keySet()) {
            JsonNode job = json("/api/student/memory/jobs/" + jobId);
            assertThat(job.get("state").asText()).as("job " + jobId).isEqualTo("completed");
            memories.add(job.get("result").get("memoryId").asText());
        }
        assertThat(memories).as("a memory for each job").hasSize(acknowledged.size());
        assertThat(jobs("true")).isEqualTo(acknowledged.size());
        assertThat(count("count(*)", "student_chat_memories", "true")).isEqualTo(acknowledged.size());
        assertThat(count("sum(total_sessions)", "student_learning_profiles", "true"))
                .isEqualTo(acknowledged.size());
        JsonNode metrics = json("/api/admin/queue-status").get("metrics");
        assertThat(metrics.get("completed").asLong() - completedBefore).isEqualTo(acknowledged.size());
        assertThat(metrics.get("total").asInt()).isZero();
    }

    /** The students of the ledger, each with how many memories the API shows of them. */
    Map<String, Integer> memoriesByStudent() {
        return acknowledged.values().stream()
                .map(session -> session.get("studentId").asText())
                .distinct()
                .collect(Collectors.toMap(
                        student -> student,
                        student -> json("/api/student/memory?limit=100&chatbotId=tutor&studentId=" + student)
                                .get("memories")
                                .size()));
    }

    private JsonNode json(String path) {
        try {
            HttpResponse<String> answer = system.get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
