package org.memoryqueue.erasure;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.memoryqueue.profile.ProfileWriter;

/** Deletes what is held on a student, within the caller's transaction. */
@Singleton
final class StudentData {

    // In the order in which completions lock: jobs by id first. A completion that was quicker is waited for, and what
    // it
    // wrote is seen by the statements that follow; one that is slower finds no job.
    private static final String LOCK_JOBS = """
            SELECT j.id, j.state FROM memory.memory_job j
             WHERE j.id IN (
                   SELECT id FROM memory.memory_job WHERE student_id = $1 AND NOT superseded
                   UNION ALL
                   SELECT id FROM memory.memory_job WHERE student_id = $1 AND superseded)
               AND ($2::text IS NULL OR j.chatbot_id = $2) AND ($3::timestamptz IS NULL OR j.accepted_at <= $3)
             ORDER BY j.id
               FOR UPDATE OF j
            """;

    private static final String DELETE_JOBS = "DELETE FROM memory.memory_job WHERE id = ANY ($1)";

    private static final String CALL_OFF = "UPDATE memory.queue_control SET changes = changes + 1";

    private static final String DELETE_MEMORIES = """
            DELETE FROM memory.student_chat_memories
             WHERE student_id = $1 AND ($2::text IS NULL OR chatbot_id = $2)
               AND ($3::timestamptz IS NULL OR accepted_at <= $3)
            """;

    // A statement of its own: one that waits while it deletes would judge by what it saw before it waited.
    private static final String LOCK_PROFILES = """
            SELECT chatbot_id FROM memory.student_learning_profiles
             WHERE student_id = $1 AND ($2::text IS NULL OR chatbot_id = $2)
             ORDER BY chatbot_id
               FOR UPDATE
            """;

    private static final String DELETE_PROFILES = """
            DELETE FROM memory.student_learning_profiles p
             WHERE student_id = $1 AND ($2::text IS NULL OR chatbot_id = $2)
               AND NOT EXISTS (SELECT FROM memory.student_chat_memories m
                                WHERE m.student_id = p.student_id AND m.chatbot_id = p.chatbot_id)
            """;

    private static final String REMAINING_PROFILES = """
            SELECT chatbot_id FROM memory.student_learning_profiles
             WHERE student_id = $1 AND ($2::text IS NULL OR chatbot_id = $2)
             ORDER BY chatbot_id
            """;

    private static final String DELETE_ANSWERS = """
            DELETE FROM memory.idempotency_key WHERE (caller, key) IN (
                SELECT caller, key FROM memory.idempotency_key
                 WHERE student_id = $1 AND ($2::text IS NULL OR chatbot_id = $2)
                   AND ($3::timestamptz IS NULL OR created_at <= $3)
                 ORDER BY caller, key
                   FOR UPDATE)
            """;

    private final ProfileWriter profiles;

    StudentData(ProfileWriter profiles) {
        this.profiles = profiles;
    }

    /**
     * Deletes what is held on a student.
     *
     * @param chatbotId the chatbot whose data are concerned; empty for all
     * @param until what was accepted later stays; empty when nothing does
     */
    Uni<Erased> delete(SqlClient client, String studentId, Optional<String> chatbotId, Optional<OffsetDateTime> until) {
        Tuple whatEver = Tuple.of(studentId, chatbotId.orElse(null), until.orElse(null));
        Tuple whose = Tuple.of(studentId, chatbotId.orElse(null));
        return lockJobs(client, whatEver)
                .flatMap(locked -> deleteJobs(client, locked)
                        .flatMap(jobs -> count(client, DELETE_MEMORIES, whatEver)
                                .call(memories ->
                                        client.preparedQuery(LOCK_PROFILES).execute(whose))
                                .flatMap(memories -> count(client, DELETE_PROFILES, whose)
                                        .call(deleted -> foldAgain(client, studentId, whose, memories))
                                        .flatMap(profiles -> count(client, DELETE_ANSWERS, whatEver)
                                                .map(answers -> new Erased(jobs, memories, profiles, answers)))))
                        .call(erased -> callOff(client, locked)));
    }

    private record Locked(List<Long> jobs, boolean someRun) {}

    private static Uni<Locked> lockJobs(SqlClient client, Tuple whatEver) {
        return client.preparedQuery(LOCK_JOBS).execute(whatEver).map(rows -> {
            List<Long> ids = new ArrayList<>();
            boolean running = false;
            for (var row : rows) {
                ids.add(row.getLong("id"));
                running |= "running".equals(row.getString("state"));
            }
            return new Locked(ids, running);
        });
    }

    private static Uni<Long> deleteJobs(SqlClient client, Locked locked) {
        return locked.jobs().isEmpty()
                ? Uni.createFrom().item(0L)
                : count(client, DELETE_JOBS, Tuple.of(locked.jobs().toArray(Long[]::new)));
    }

    /** Workers look up, and drop what they hold. Last, since nobody who holds that row may wait for a job. */
    private static Uni<Void> callOff(SqlClient client, Locked locked) {
        return locked.someRun()
                ? client.query(CALL_OFF).execute().replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** What stays of a profile whose sessions were erased in part. */
    private Uni<Void> foldAgain(SqlClient client, String studentId, Tuple whose, long memoriesDeleted) {
        if (memoriesDeleted == 0) {
            return Uni.createFrom().voidItem();
        }
        return client.preparedQuery(REMAINING_PROFILES)
                .execute(whose)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> profiles.foldAgain(client, studentId, row.getString("chatbot_id")))
                .onItem()
                .ignoreAsUni();
    }

    private static Uni<Long> count(SqlClient client, String statement, Tuple parameters) {
        return client.preparedQuery(statement).execute(parameters).map(rows -> (long) rows.rowCount());
    }
}
