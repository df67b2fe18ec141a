package org.memoryqueue.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.memoryqueue.memory.Correction;
import org.memoryqueue.memory.Observation;
import org.memoryqueue.memory.Preference.Wish;

/**
 * Reads what each stored session of a student adds to the profile, as it was corrected. Of a hidden one that is that it
 * took place, and no more.
 */
@Singleton
final class Contributions {

    private static final String FIND = """
            SELECT m.id, m.room_id, m.accepted_at, m.student_message_count,
                   coalesce(c.hidden, false) AS hidden,
                   jsonb_build_object('observations', c.fields -> 'observations')::text AS correction,
                   ARRAY (SELECT wish FROM memory.learning_preference w
                           WHERE (w.memory_id, w.job_id) = (m.id, m.job_id)) AS wishes,
                   o.topic, o.correct_unaided, o.correct_with_help, o.incorrect
              FROM memory.student_chat_memories m
              LEFT JOIN memory.memory_correction c ON c.memory_id = m.id
              LEFT JOIN memory.learning_observation o ON o.memory_id = m.id
             WHERE m.student_id = $1 AND m.chatbot_id = $2 AND ($3::text[] IS NULL OR m.room_id = ANY ($3))
            """;

    private final ObjectMapper json;

    Contributions(ObjectMapper json) {
        this.json = json;
    }

    /** Of the sessions in all rooms, or in some only. */
    Uni<List<Contribution>> find(SqlClient client, String studentId, String chatbotId, Optional<Set<String>> rooms) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        studentId,
                        chatbotId,
                        rooms.map(only -> only.toArray(String[]::new)).orElse(null)))
                .map(rows -> {
                    Map<UUID, Stored> sessions = new LinkedHashMap<>();
                    for (Row row : rows) {
                        Stored session =
                                sessions.computeIfAbsent(row.getUUID("id"), id -> new Stored(row, new ArrayList<>()));
                        if (row.getString("topic") != null) {
                            Observation observation = observation(row);
                            // One that is blank in its normal form may have been stored by the version before.
                            if (!observation.topic().isEmpty()) {
                                session.observed().add(observation);
                            }
                        }
                    }
                    return sessions.values().stream().map(this::contribution).toList();
                });
    }

    /** A session by its first row, and what was observed by all of them. */
    private record Stored(Row row, List<Observation> observed) {}

    private Contribution contribution(Stored session) {
        Row row = session.row();
        boolean hidden = row.getBoolean("hidden");
        return new Contribution(
                row.getString("room_id"),
                row.getOffsetDateTime("accepted_at").toInstant(),
                row.getInteger("student_message_count"),
                hidden ? List.of() : correction(row).of(session.observed()),
                hidden ? Set.of() : wishes(row));
    }

    private Correction correction(Row row) {
        String fields = row.getString("correction");
        try {
            return fields == null ? Correction.NONE : json.readValue(fields, Correction.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored correction is not what was stored", e);
        }
    }

    /** One that a newer version knows is none of ours. */
    private static Set<Wish> wishes(Row row) {
        return Stream.of(row.getArrayOfStrings("wishes"))
                .flatMap(word -> Wish.ofWord(word).stream())
                .collect(Collectors.toSet());
    }

    private static Observation observation(Row row) {
        return new Observation(
                row.getString("topic"),
                row.getInteger("correct_unaided"),
                row.getInteger("correct_with_help"),
                row.getInteger("incorrect"));
    }
}
