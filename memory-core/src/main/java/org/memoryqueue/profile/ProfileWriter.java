package org.memoryqueue.profile;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.memoryqueue.profile.Contribution.Change;
import org.memoryqueue.profile.Contribution.Kind;

/** Changes profiles. Their rows are locked first, in one order, so that no update is lost and none deadlocks. */
@Singleton
public final class ProfileWriter {

    // The update that changes nothing locks the row, whether it is new or not, and returns its newest version.
    private static final String LOCK = """
            INSERT INTO memory.student_learning_profiles AS p (student_id, chatbot_id, room_id)
            SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS n (student_id, chatbot_id, room_id)
             ORDER BY n.student_id COLLATE "C", n.chatbot_id COLLATE "C"
            ON CONFLICT (student_id, chatbot_id) DO UPDATE SET room_id = p.room_id
            RETURNING p.id, p.student_id, p.chatbot_id, p.statistics::text
            """;

    private static final String HOLD = """
            SELECT id FROM memory.student_learning_profiles WHERE student_id = $1 AND chatbot_id = $2 FOR UPDATE
            """;

    private final StoredStatistics stored;
    private final Contributions contributions;
    private final ProfileRows rows;

    ProfileWriter(StoredStatistics stored, Contributions contributions, ProfileRows rows) {
        this.stored = stored;
        this.contributions = contributions;
        this.rows = rows;
    }

    /**
     * Applies what sessions add to the profiles of their students, within the caller's transaction, in which the
     * sessions' memories and observations are written already.
     */
    public Uni<Void> apply(SqlClient client, Collection<Change> changes) {
        SortedMap<ProfileKey, List<Change>> byProfile = new TreeMap<>();
        changes.forEach(change -> byProfile.merge(
                new ProfileKey(change.studentId(), change.chatbotId()),
                List.of(change),
                (a, b) -> Stream.concat(a.stream(), b.stream()).toList()));
        if (byProfile.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return lock(client, byProfile)
                .onItem()
                .transformToMulti(locked -> Multi.createFrom().iterable(locked))
                .onItem()
                .transformToUniAndConcatenate(
                        profile -> changed(client, profile, byProfile.getOrDefault(profile.key(), List.of())))
                .collect()
                .asList()
                .flatMap(profiles -> rows.update(client, profiles));
    }

    /** Derives a profile anew from the sessions that are stored, within the caller's transaction. */
    public Uni<Void> foldAgain(SqlClient client, String studentId, String chatbotId) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(studentId, chatbotId))
                .flatMap(held -> held.size() == 0
                        ? Uni.createFrom().voidItem()
                        : fold(client, held.iterator().next().getUUID("id"), new ProfileKey(studentId, chatbotId))
                                .flatMap(profile -> rows.update(client, List.of(profile))));
    }

    /** Folds all that is stored of a student, within the caller's transaction, which holds the profile's row. */
    Uni<FoldedProfile> fold(SqlClient client, UUID id, ProfileKey key) {
        return contributions
                .find(client, key.studentId(), key.chatbotId(), Optional.empty())
                .map(sessions -> new FoldedProfile(id, key, ProfileStatistics.of(sessions)));
    }

    /** A profile as it is stored; without statistics where those were made by other rules than ours. */
    private record StoredProfile(UUID id, ProfileKey key, Optional<ProfileStatistics> statistics) {}

    private Uni<List<StoredProfile>> lock(SqlClient client, SortedMap<ProfileKey, List<Change>> byProfile) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of(
                        byProfile.keySet().stream().map(ProfileKey::studentId).toArray(String[]::new),
                        byProfile.keySet().stream().map(ProfileKey::chatbotId).toArray(String[]::new),
                        byProfile.values().stream()
                                .map(each -> each.getFirst().contribution().roomId())
                                .toArray(String[]::new)))
                .map(locked -> Stream.of(locked)
                        .flatMap(set -> StreamSupport.stream(set.spliterator(), false))
                        .map(row -> new StoredProfile(
                                row.getUUID("id"),
                                new ProfileKey(row.getString("student_id"), row.getString("chatbot_id")),
                                stored.read(row.getString("statistics"))))
                        .toList());
    }

    /** A new session is added; where one replaces another, what it had added is unknown, so all is folded again. */
    private Uni<FoldedProfile> changed(SqlClient client, StoredProfile profile, List<Change> changes) {
        if (profile.statistics().isEmpty() || changes.stream().anyMatch(change -> change.kind() != Kind.NEW)) {
            return fold(client, profile.id(), profile.key());
        }
        ProfileStatistics added =
                ProfileStatistics.of(changes.stream().map(Change::contribution).toList());
        return Uni.createFrom()
                .item(new FoldedProfile(
                        profile.id(), profile.key(), profile.statistics().get().plus(added)));
    }
}
