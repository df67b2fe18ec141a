package org.memoryqueue.profile;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
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

    private static final String UPDATE = """
            UPDATE memory.student_learning_profiles p
               SET room_id = n.room_id,
                   topics_mastered = ARRAY (SELECT jsonb_array_elements_text(n.mastered)),
                   topics_in_progress = ARRAY (SELECT jsonb_array_elements_text(n.in_progress)),
                   topics_struggling = ARRAY (SELECT jsonb_array_elements_text(n.struggling)),
                   topic_progress = n.topic_progress,
                   total_sessions = n.total_sessions, total_messages = n.total_messages,
                   last_session_at = n.last_session_at, statistics = n.statistics
              FROM unnest($1::uuid[], $2::text[], $3::text[]::jsonb[], $4::text[]::jsonb[], $5::text[]::jsonb[],
                          $6::text[]::jsonb[], $7::bigint[], $8::bigint[], $9::timestamptz[], $10::text[]::jsonb[])
                   AS n (id, room_id, mastered, in_progress, struggling, topic_progress, total_sessions,
                         total_messages, last_session_at, statistics)
             WHERE p.id = n.id
            """;

    private final StoredStatistics stored;
    private final Contributions contributions;

    ProfileWriter(StoredStatistics stored, Contributions contributions) {
        this.stored = stored;
        this.contributions = contributions;
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
                .flatMap(profiles -> update(client, profiles));
    }

    /** Derives a profile anew from the sessions that are stored, within the caller's transaction. */
    public Uni<Void> foldAgain(SqlClient client, String studentId, String chatbotId) {
        return client.preparedQuery(HOLD)
                .execute(Tuple.of(studentId, chatbotId))
                .flatMap(rows -> rows.size() == 0
                        ? Uni.createFrom().voidItem()
                        : fold(client, rows.iterator().next().getUUID("id"), new ProfileKey(studentId, chatbotId))
                                .flatMap(profile -> update(client, List.of(profile))));
    }

    private record StoredProfile(UUID id, ProfileKey key, ProfileStatistics statistics) {

        Profile profile() {
            return Profile.of(id, key.studentId(), key.chatbotId(), statistics);
        }
    }

    private Uni<List<StoredProfile>> lock(SqlClient client, SortedMap<ProfileKey, List<Change>> byProfile) {
        return client.preparedQuery(LOCK)
                .execute(Tuple.of(
                        byProfile.keySet().stream().map(ProfileKey::studentId).toArray(String[]::new),
                        byProfile.keySet().stream().map(ProfileKey::chatbotId).toArray(String[]::new),
                        byProfile.values().stream()
                                .map(each -> each.getFirst().contribution().roomId())
                                .toArray(String[]::new)))
                .map(rows -> Stream.of(rows)
                        .flatMap(set -> StreamSupport.stream(set.spliterator(), false))
                        .map(row -> new StoredProfile(
                                row.getUUID("id"),
                                new ProfileKey(row.getString("student_id"), row.getString("chatbot_id")),
                                stored.read(row.getString("statistics"))))
                        .toList());
    }

    /** A new session is added; where one replaces another, what it had added is unknown, so all is folded again. */
    private Uni<StoredProfile> changed(SqlClient client, StoredProfile profile, List<Change> changes) {
        if (changes.stream().anyMatch(change -> change.kind() != Kind.NEW)) {
            return fold(client, profile.id(), profile.key());
        }
        ProfileStatistics added =
                ProfileStatistics.of(changes.stream().map(Change::contribution).toList());
        return Uni.createFrom()
                .item(new StoredProfile(
                        profile.id(), profile.key(), profile.statistics().plus(added)));
    }

    private Uni<StoredProfile> fold(SqlClient client, UUID id, ProfileKey key) {
        return contributions
                .find(client, key.studentId(), key.chatbotId(), Optional.empty())
                .map(sessions -> new StoredProfile(id, key, ProfileStatistics.of(sessions)));
    }

    private Uni<Void> update(SqlClient client, List<StoredProfile> changed) {
        List<Profile> profiles = changed.stream().map(StoredProfile::profile).toList();
        return client.preparedQuery(UPDATE)
                .execute(Tuple.tuple()
                        .addValue(profiles.stream().map(Profile::id).toArray(UUID[]::new))
                        .addValue(profiles.stream().map(Profile::roomId).toArray(String[]::new))
                        .addValue(column(profiles, Profile::topicsMastered))
                        .addValue(column(profiles, Profile::topicsInProgress))
                        .addValue(column(profiles, Profile::topicsStruggling))
                        .addValue(column(profiles, Profile::topicProgress))
                        .addValue(profiles.stream().map(Profile::totalSessions).toArray(Long[]::new))
                        .addValue(profiles.stream().map(Profile::totalMessages).toArray(Long[]::new))
                        .addValue(profiles.stream().map(Profile::lastSessionAt).toArray(OffsetDateTime[]::new))
                        .addValue(column(changed, StoredProfile::statistics)))
                .replaceWithVoid();
    }

    private <T> String[] column(List<T> rows, Function<T, Object> value) {
        return rows.stream().map(row -> stored.write(value.apply(row))).toArray(String[]::new);
    }
}
