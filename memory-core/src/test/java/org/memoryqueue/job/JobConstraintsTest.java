package org.memoryqueue.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.memoryqueue.testing.Conversations.session;
import static org.memoryqueue.testing.Conversations.summary;
import static org.memoryqueue.testing.Conversations.transcript;

import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.memoryqueue.testing.Jobs;
import org.memoryqueue.testing.Stores;

/** The CHECKs of the table, which mirror the state machine. */
class JobConstraintsTest {

    private static final Pattern QUOTED = Pattern.compile("'([^']*)'");

    @RegisterExtension
    static final Stores stores = new Stores();

    private final Jobs jobs = new Jobs(stores);

    @Test
    void spellStatesAsTheEnumDoes() {
        assertThat(words("memory_job_state"))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(JobState.values()).map(JobState::word).toList());
        assertThat(words("memory_job_state").stream().map(JobState::ofWord))
                .containsExactlyInAnyOrder(JobState.values());
    }

    @Test
    void spellPrioritiesAsTheEnumDoes() {
        assertThat(words("memory_job_priority"))
                .containsExactlyInAnyOrderElementsOf(
                        Priority.ALL.stream().map(Priority::word).toList());
        assertThat(words("memory_job_priority").stream().map(Priority::ofWord))
                .containsExactlyInAnyOrderElementsOf(Priority.ALL);
    }

    @Test
    void callTheSameStatesEndedAsTheEnumDoes() {
        assertThat(words("memory_job_finished"))
                .containsExactlyInAnyOrderElementsOf(Stream.of(JobState.values())
                        .filter(JobState::isTerminal)
                        .map(JobState::word)
                        .toList());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "queued, state = 'done', memory_job_state",
                "queued, priority = 'urgent', memory_job_priority",
                "queued, \"state = 'running', started_at = now()\", memory_job_lease",
                "queued, \"state = 'running', started_at = now(), lease_owner = 'w'\", memory_job_lease",
                "queued, \"state = 'running', started_at = now(), lease_until = now()\", memory_job_lease",
                "queued, lease_owner = 'w', memory_job_lease",
                "queued, lease_until = now(), memory_job_lease",
                "queued, \"state = 'running', lease_owner = 'w', lease_until = now()\", memory_job_started",
                "queued, finished_at = now(), memory_job_finished",
                "queued, state = 'cancelled', memory_job_finished",
                "queued, memory_id = gen_random_uuid(), memory_job_memory",
                "queued, error_code = 'x', memory_job_failure",
                "queued, failed_reason = 'x', memory_job_failure",
                "queued, \"state = 'failed', finished_at = now()\", memory_job_failure",
                "queued, \"state = 'failed', finished_at = now(), error_code = 'x'\", memory_job_failure",
                "queued, \"state = 'completed', finished_at = now(), memory_id = gen_random_uuid()\", memory_job_started",
                "queued, revision = 0, memory_job_counts",
                "queued, attempts = -1, memory_job_counts",
                "queued, lost_leases = -1, memory_job_counts",
                "queued, lease_token = -1, memory_job_counts",
                "queued, student_message_count = 0, memory_job_counts",
                "queued, student_message_count = message_count + 1, memory_job_counts",
                "queued, fingerprint = '', memory_job_fingerprint",
                "running, delayed = true, memory_job_delayed",
                "running, lease_owner = NULL, memory_job_lease",
                "running, started_at = NULL, memory_job_started",
                "running, state = 'queued', memory_job_lease",
                "running, finished_at = now(), memory_job_finished",
                "completed, memory_id = NULL, memory_job_memory",
                "completed, finished_at = NULL, memory_job_finished",
                "completed, lease_owner = 'w', memory_job_lease",
                "completed, delayed = true, memory_job_delayed",
                "completed, state = 'queued', memory_job_",
                "failed, error_code = NULL, memory_job_failure",
                "failed, failed_reason = NULL, memory_job_failure",
                "failed, memory_id = gen_random_uuid(), memory_job_memory",
                "failed, state = 'queued', memory_job_",
                "cancelled, finished_at = NULL, memory_job_finished",
                "cancelled, error_code = 'x', memory_job_failure",
                "cancelled, delayed = true, memory_job_delayed"
            })
    void refuseWhatNoStateAllows(String state, String change, String constraint) {
        long job = job(state);
        assertThatThrownBy(() -> stores.rows("UPDATE memory.memory_job SET " + change + " WHERE id = $1", job))
                .isInstanceOfSatisfying(PgException.class, refused -> {
                    assertThat(refused.getSqlState()).isEqualTo("23514");
                    assertThat(refused.getConstraint()).startsWith(constraint);
                });
    }

    @Test
    void allowOnlyOneCurrentJobOfASession() {
        assertThat(stores.rows("""
                        SELECT indexdef FROM pg_indexes WHERE schemaname = 'memory' AND indexname = 'memory_job_session'
                           AND indexdef LIKE '%UNIQUE%(student_id, chatbot_id, room_id, session_start)%NOT superseded%'
                        """)).hasSize(1);
    }

    private long job(String state) {
        return switch (JobState.ofWord(state)) {
            case QUEUED -> jobs.accepted(transcript(session(), 2));
            case RUNNING -> jobs.leased(transcript(session(), 2)).jobId();
            case COMPLETED ->
                jobs.completed(transcript(session(), 2), summary()).jobId();
            case FAILED -> jobs.failed(transcript(session(), 2)).jobId();
            case CANCELLED -> {
                long id = jobs.accepted(transcript(session(), 2));
                jobs.cancel(id);
                yield id;
            }
        };
    }

    private static List<String> words(String constraint) {
        String definition = (String)
                stores.value("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = $1", constraint);
        return QUOTED.matcher(definition)
                .results()
                .map((MatchResult result) -> result.group(1))
                .toList();
    }
}
