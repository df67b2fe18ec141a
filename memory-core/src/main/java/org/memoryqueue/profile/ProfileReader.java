package org.memoryqueue.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Reads learning profiles, as they are today. */
@Singleton
public final class ProfileReader {

    private static final String FIND = """
            SELECT id, student_id, chatbot_id, statistics::text, (now() AT TIME ZONE 'UTC')::date AS today
              FROM memory.student_learning_profiles
             WHERE student_id = $1 AND chatbot_id = $2
            """;

    private final Pool pool;
    private final StoredStatistics stored;
    private final Contributions contributions;

    ProfileReader(Pool pool, StoredStatistics stored, Contributions contributions) {
        this.pool = pool;
        this.stored = stored;
        this.contributions = contributions;
    }

    /** Finds the profile of a student with a chatbot; empty before the first session is remembered. */
    public Uni<Optional<Profile>> find(String studentId, String chatbotId) {
        return row(studentId, chatbotId)
                .flatMap(row -> row.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : statistics(row.get(), studentId, chatbotId)
                                .map(statistics -> Optional.of(profile(row.get(), statistics))));
    }

    private Uni<ProfileStatistics> statistics(Row row, String studentId, String chatbotId) {
        return stored.read(row.getString("statistics"))
                .map(statistics -> Uni.createFrom().item(statistics))
                .orElseGet(() -> contributions
                        .find(pool, studentId, chatbotId, Optional.empty())
                        .map(ProfileStatistics::of));
    }

    /** What the sessions of a student in some rooms alone would add up to; empty when there is none in them. */
    public Uni<Optional<Profile>> findInRooms(String studentId, String chatbotId, Set<String> rooms) {
        return contributions
                .find(pool, studentId, chatbotId, Optional.of(rooms))
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : row(studentId, chatbotId)
                                .map(whole -> whole.map(row -> profile(row, ProfileStatistics.of(found)))));
    }

    private Uni<Optional<Row>> row(String studentId, String chatbotId) {
        return pool.preparedQuery(FIND).execute(Tuple.of(studentId, chatbotId)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        });
    }

    private static Profile profile(Row row, ProfileStatistics statistics) {
        return Profile.of(
                row.getUUID("id"),
                row.getString("student_id"),
                row.getString("chatbot_id"),
                statistics,
                row.getLocalDate("today"));
    }
}
