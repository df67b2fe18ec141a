package org.memoryqueue.profile;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.memoryqueue.memory.Observation;

/** Reads what each stored session of a student adds to the profile. */
@Singleton
final class Contributions {

    private static final String FIND = """
            SELECT m.id, m.room_id, m.accepted_at, m.student_message_count,
                   o.topic, o.correct_unaided, o.correct_with_help, o.incorrect
              FROM memory.student_chat_memories m
              LEFT JOIN memory.learning_observation o ON o.memory_id = m.id
             WHERE m.student_id = $1 AND m.chatbot_id = $2 AND ($3::text[] IS NULL OR m.room_id = ANY ($3))
            """;

    /** Of the sessions in all rooms, or in some only. */
    Uni<Collection<Contribution>> find(
            SqlClient client, String studentId, String chatbotId, Optional<Set<String>> rooms) {
        return client.preparedQuery(FIND)
                .execute(Tuple.of(
                        studentId,
                        chatbotId,
                        rooms.map(only -> only.toArray(String[]::new)).orElse(null)))
                .map(rows -> {
                    Map<UUID, Contribution> contributions = new LinkedHashMap<>();
                    for (Row row : rows) {
                        Contribution contribution =
                                contributions.computeIfAbsent(row.getUUID("id"), id -> contribution(row));
                        if (row.getString("topic") != null) {
                            contribution.observations().add(observation(row));
                        }
                    }
                    return contributions.values();
                });
    }

    private static Contribution contribution(Row row) {
        return new Contribution(
                row.getString("room_id"),
                row.getOffsetDateTime("accepted_at").toInstant(),
                row.getInteger("student_message_count"),
                new ArrayList<>());
    }

    private static Observation observation(Row row) {
        return new Observation(
                row.getString("topic"),
                row.getInteger("correct_unaided"),
                row.getInteger("correct_with_help"),
                row.getInteger("incorrect"));
    }
}
