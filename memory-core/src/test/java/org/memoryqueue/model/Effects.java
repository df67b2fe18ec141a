package org.memoryqueue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.memoryqueue.profile.Profile;
import org.memoryqueue.profile.ProfileFold;
import org.memoryqueue.testing.Stores;

/** What jobs have done: a log of it that the database writes itself, and what is remembered in the end. */
final class Effects {

    private static final String CHATBOT = "tutor";

    private final Stores stores;

    Effects(Stores stores) {
        this.stores = stores;
    }

    /** Begins the log. */
    static void log(Stores stores) {
        stores.rows("CREATE TABLE effect (job_id bigint NOT NULL)");
        stores.rows("""
                CREATE FUNCTION log_effect() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO effect VALUES (NEW.job_id);
                    RETURN NULL;
                END
                $$
                """);
        stores.rows("""
                CREATE TRIGGER log_effect AFTER INSERT OR UPDATE ON memory.student_chat_memories
                   FOR EACH ROW EXECUTE FUNCTION log_effect()
                """);
    }

    /** Checks that no job had effects twice, and that profiles are what their sessions add up to. */
    void happenedOnce(Collection<MemoryView> memories) {
        assertThat(stores.rows("SELECT job_id FROM effect GROUP BY job_id HAVING count(*) > 1"))
                .extracting(row -> row.getLong("job_id"))
                .as("jobs that were remembered twice")
                .isEmpty();
        assertThat(stores.rows("""
                        SELECT j.id FROM memory.memory_job j
                         WHERE j.state = 'completed' AND NOT EXISTS (
                               SELECT FROM memory.student_chat_memories m
                                WHERE m.id = j.memory_id
                                  AND (m.student_id, m.session_start) = (j.student_id, j.session_start))
                        """))
                .extracting(row -> row.getLong("id"))
                .as("completed jobs without the memory of their session")
                .isEmpty();
        Map<String, Long> sessions = memories.stream()
                .collect(Collectors.groupingBy(memory -> memory.session().studentId(), Collectors.counting()));
        assertThat(stores.rows("SELECT student_id FROM memory.student_learning_profiles"))
                .extracting(row -> row.getString("student_id"))
                .as("who has a profile")
                .containsExactlyInAnyOrderElementsOf(sessions.keySet());
        sessions.forEach(this::profileIsTheFold);
    }

    private void profileIsTheFold(String student, long sessions) {
        Profile profile = ProfileFold.stored(stores, student, CHATBOT);
        assertThat(profile).as("the profile of %s", student).isEqualTo(ProfileFold.of(stores, student, CHATBOT));
        assertThat(profile.totalSessions()).as("the sessions of %s", student).isEqualTo(sessions);
    }
}
