package org.memoryqueue.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The columns of profiles, written and compared. */
@Singleton
final class ProfileRows {

    private static final String UPDATE = """
            UPDATE memory.student_learning_profiles p
               SET room_id = n.room_id,
                   topics_mastered = ARRAY (SELECT jsonb_array_elements_text(n.mastered)),
                   topics_in_progress = ARRAY (SELECT jsonb_array_elements_text(n.in_progress)),
                   topics_struggling = ARRAY (SELECT jsonb_array_elements_text(n.struggling)),
                   topic_progress = n.topic_progress,
                   total_sessions = n.total_sessions, total_messages = n.total_messages,
                   last_session_at = n.last_session_at, statistics = n.statistics,
                   preferred_explanation_style = n.style, pace_preference = n.pace
              FROM unnest($1::uuid[], $2::text[], $3::text[]::jsonb[], $4::text[]::jsonb[], $5::text[]::jsonb[],
                          $6::text[]::jsonb[], $7::bigint[], $8::bigint[], $9::timestamptz[], $10::text[]::jsonb[],
                          $11::text[], $12::text[])
                   AS n (id, room_id, mastered, in_progress, struggling, topic_progress, total_sessions,
                         total_messages, last_session_at, statistics, style, pace)
             WHERE p.id = n.id
            """;

    // JSON by its text: 1.0 and 1 are equal as JSON, and not the same bits.
    private static final String DIFFERENCES = """
            SELECT array_remove(ARRAY [
                   CASE WHEN p.room_id <> n.room_id THEN 'room_id' END,
                   CASE WHEN p.topics_mastered <> ARRAY (SELECT jsonb_array_elements_text(n.mastered))
                        THEN 'topics_mastered' END,
                   CASE WHEN p.topics_in_progress <> ARRAY (SELECT jsonb_array_elements_text(n.in_progress))
                        THEN 'topics_in_progress' END,
                   CASE WHEN p.topics_struggling <> ARRAY (SELECT jsonb_array_elements_text(n.struggling))
                        THEN 'topics_struggling' END,
                   CASE WHEN p.topic_progress::text <> n.topic_progress::text THEN 'topic_progress' END,
                   CASE WHEN p.preferred_explanation_style IS DISTINCT FROM n.style
                        THEN 'preferred_explanation_style' END,
                   CASE WHEN p.pace_preference IS DISTINCT FROM n.pace THEN 'pace_preference' END,
                   CASE WHEN p.total_sessions <> n.total_sessions THEN 'total_sessions' END,
                   CASE WHEN p.total_messages <> n.total_messages THEN 'total_messages' END,
                   CASE WHEN p.last_session_at IS DISTINCT FROM n.last_session_at THEN 'last_session_at' END,
                   CASE WHEN p.statistics::text <> n.statistics::text THEN 'statistics' END], NULL) AS differing
              FROM unnest($1::uuid[], $2::text[], $3::text[]::jsonb[], $4::text[]::jsonb[], $5::text[]::jsonb[],
                          $6::text[]::jsonb[], $7::bigint[], $8::bigint[], $9::timestamptz[], $10::text[]::jsonb[],
                          $11::text[], $12::text[])
                   AS n (id, room_id, mastered, in_progress, struggling, topic_progress, total_sessions,
                         total_messages, last_session_at, statistics, style, pace)
              JOIN memory.student_learning_profiles p ON p.id = n.id
            """;

    private final StoredStatistics stored;

    ProfileRows(StoredStatistics stored) {
        this.stored = stored;
    }

    /** Writes all columns of profiles whose rows the caller's transaction holds. */
    Uni<Void> update(SqlClient client, List<FoldedProfile> folded) {
        return client.preparedQuery(UPDATE).execute(columns(folded)).replaceWithVoid();
    }

    /** The columns of a stored profile that are not, bit for bit, what was folded. */
    Uni<List<String>> differences(SqlClient client, FoldedProfile folded) {
        return client.preparedQuery(DIFFERENCES)
                .execute(columns(List.of(folded)))
                .map(rows -> List.of(rows.iterator().next().getArrayOfStrings("differing")));
    }

    private Tuple columns(List<FoldedProfile> folded) {
        List<Profile> profiles = folded.stream().map(FoldedProfile::profile).toList();
        return Tuple.tuple()
                .addValue(profiles.stream().map(Profile::id).toArray(UUID[]::new))
                .addValue(profiles.stream().map(Profile::roomId).toArray(String[]::new))
                .addValue(json(profiles, Profile::topicsMastered))
                .addValue(json(profiles, Profile::topicsInProgress))
                .addValue(json(profiles, Profile::topicsStruggling))
                .addValue(json(profiles, Profile::topicProgress))
                .addValue(profiles.stream().map(Profile::totalSessions).toArray(Long[]::new))
                .addValue(profiles.stream().map(Profile::totalMessages).toArray(Long[]::new))
                .addValue(profiles.stream().map(Profile::lastSessionAt).toArray(OffsetDateTime[]::new))
                .addValue(json(folded, FoldedProfile::statistics))
                .addValue(profiles.stream()
                        .map(Profile::preferredExplanationStyle)
                        .toArray(String[]::new))
                .addValue(profiles.stream().map(Profile::pacePreference).toArray(String[]::new));
    }

    private <T> String[] json(List<T> rows, Function<T, Object> value) {
        return rows.stream().map(row -> stored.write(value.apply(row))).toArray(String[]::new);
    }
}
