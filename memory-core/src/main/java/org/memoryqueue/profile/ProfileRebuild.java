package org.memoryqueue.profile;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.operator.Action;

/**
 * Folds profiles anew from the stored observations, and holds them, bit for bit, against what is stored. Each is locked
 * as a completion locks it, in a transaction of its own, so sessions may complete meanwhile.
 */
@Singleton
public final class ProfileRebuild {

    private static final String RECORD = """
            INSERT INTO memory.operator_action (operator, action, filter, changed)
            VALUES ($1, $2, jsonb_build_object('dryRun', $3::boolean), 0) RETURNING id
            """;

    private static final String COUNT = "UPDATE memory.operator_action SET changed = changed + 1 WHERE id = $1";

    private static final String NEXT = """
            SELECT id FROM memory.student_learning_profiles WHERE id > $1 ORDER BY id LIMIT $2
            """;

    private static final String HOLD = """
            SELECT id, student_id, chatbot_id FROM memory.student_learning_profiles WHERE id = $1 FOR UPDATE
            """;

    // Of the memories of one student the first only: a dry run would find each.
    private static final String NEXT_MEMORIES = """
            SELECT m.id, m.student_id, m.chatbot_id,
                   NOT EXISTS (SELECT FROM memory.student_learning_profiles p
                                WHERE (p.student_id, p.chatbot_id) = (m.student_id, m.chatbot_id))
                   AND NOT EXISTS (SELECT FROM memory.student_chat_memories e
                                    WHERE (e.student_id, e.chatbot_id) = (m.student_id, m.chatbot_id)
                                      AND e.id < m.id) AS lacks_profile
              FROM memory.student_chat_memories m
             WHERE m.id > $1
             ORDER BY m.id
             LIMIT $2
            """;

    // An erasure waits for this, and then sees the profile; or came first, and there is nothing to hold.
    private static final String HOLD_MEMORY = """
            SELECT id FROM memory.student_chat_memories WHERE student_id = $1 AND chatbot_id = $2
             LIMIT 1 FOR KEY SHARE
            """;

    private static final String ADD = """
            INSERT INTO memory.student_learning_profiles (student_id, chatbot_id, room_id) VALUES ($1, $2, '')
                ON CONFLICT DO NOTHING
            RETURNING id
            """;

    /** Then the call ends where it is, so that it is answered within its deadline. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    /** Looked at in one query. */
    private static final int MEMORIES = 2_000;

    private final Pool pool;
    private final ProfileWriter writer;
    private final ProfileRows rows;

    ProfileRebuild(Pool pool, ProfileWriter writer, ProfileRows rows) {
        this.pool = pool;
        this.writer = writer;
        this.rows = rows;
    }

    /**
     * What is not as it was folded.
     *
     * @param fields the columns that differed; empty where there was no profile at all
     */
    public record Difference(@Nullable UUID profileId, List<String> fields) {}

    /**
     * What a call came to.
     *
     * @param checked how many profiles were folded
     * @param differences those that were stored otherwise, or not at all
     * @param changed how many of these were written; 0 in a dry run
     * @param next where to go on; empty when the last profile was seen, and the missing ones
     */
    public record Rebuilt(long checked, List<Difference> differences, long changed, Optional<RebuildCursor> next) {}

    /**
     * Rebuilds the profiles that come next, and after the last of them those that are missing.
     *
     * @param from where to begin
     * @param limit the most profiles, at least 1
     * @param dryRun whether to compare only
     * @param operator who does it
     */
    public Uni<Rebuilt> rebuild(RebuildCursor from, int limit, boolean dryRun, String operator) {
        long end = System.nanoTime() + ENOUGH.toNanos();
        return pool.preparedQuery(RECORD)
                .execute(Tuple.of(operator, Action.REBUILD_PROFILES.word(), dryRun))
                .map(recorded -> new Run(recorded.iterator().next().getLong("id"), limit, dryRun, end, from))
                .flatMap(run -> (from.inMemories() ? nothing() : existing(run))
                        .chain(() -> run.at.inMemories() ? missing(run) : nothing())
                        .map(done -> run.rebuilt()));
    }

    /** What one call has seen so far. */
    private static final class Run {
        private final long record;
        private final int limit;
        private final boolean dryRun;
        private final long end;
        private final List<Difference> differences = new ArrayList<>();
        private long checked;
        private long changed;
        private RebuildCursor at;
        private boolean moved;
        private boolean complete;

        Run(long record, int limit, boolean dryRun, long end, RebuildCursor from) {
            this.record = record;
            this.limit = limit;
            this.dryRun = dryRun;
            this.end = end;
            this.at = from;
        }

        /** At least a step is made in each call, however slow it is. */
        boolean mayGoOn() {
            return !moved || (checked < limit && System.nanoTime() - end < 0);
        }

        void moveTo(RebuildCursor next) {
            at = next;
            moved = true;
        }

        Rebuilt rebuilt() {
            return new Rebuilt(
                    checked, List.copyOf(differences), changed, complete ? Optional.empty() : Optional.of(at));
        }
    }

    private Uni<Void> existing(Run run) {
        return pool.preparedQuery(NEXT)
                .execute(Tuple.of(run.at.after(), run.limit))
                .flatMap(found -> each(
                                run,
                                found,
                                row -> existing(run, row.getUUID("id"))
                                        .invoke(() -> run.moveTo(RebuildCursor.profiles(row.getUUID("id")))))
                        .invoke(seen -> {
                            if (seen < run.limit && seen == found.size()) {
                                run.moveTo(RebuildCursor.MEMORIES);
                            }
                        })
                        .replaceWithVoid());
    }

    private Uni<Void> existing(Run run, UUID id) {
        return pool.withTransaction(connection -> connection
                .preparedQuery(HOLD)
                .execute(Tuple.of(id))
                .flatMap(held -> held.size() == 0
                        ? nothing()
                        : compare(run, connection, id, key(held.iterator().next()))));
    }

    private Uni<Void> compare(Run run, SqlClient client, UUID id, ProfileKey key) {
        return writer.fold(client, id, key)
                .flatMap(folded -> rows.differences(client, folded).flatMap(fields -> {
                    run.checked++;
                    if (fields.isEmpty()) {
                        return nothing();
                    }
                    run.differences.add(new Difference(id, fields));
                    return run.dryRun ? nothing() : write(run, client, folded);
                }));
    }

    private Uni<Void> write(Run run, SqlClient client, FoldedProfile folded) {
        return rows.update(client, List.of(folded))
                .chain(() -> client.preparedQuery(COUNT).execute(Tuple.of(run.record)))
                .invoke(() -> run.changed++)
                .replaceWithVoid();
    }

    /** Those of whom there are memories, and no profile. */
    private Uni<Void> missing(Run run) {
        if (!run.mayGoOn()) {
            return nothing();
        }
        return pool.preparedQuery(NEXT_MEMORIES)
                .execute(Tuple.of(run.at.after(), MEMORIES))
                .flatMap(found -> each(
                                run,
                                found,
                                row -> (row.getBoolean("lacks_profile") ? add(run, key(row)) : nothing())
                                        .invoke(() -> run.moveTo(RebuildCursor.memories(row.getUUID("id")))))
                        .flatMap(seen -> {
                            run.complete = seen == found.size() && seen < MEMORIES;
                            return run.complete ? nothing() : missing(run);
                        }));
    }

    private Uni<Void> add(Run run, ProfileKey key) {
        run.checked++;
        if (run.dryRun) {
            run.differences.add(new Difference(null, List.of()));
            return nothing();
        }
        Tuple whose = Tuple.of(key.studentId(), key.chatbotId());
        return pool.withTransaction(connection -> connection
                .preparedQuery(HOLD_MEMORY)
                .execute(whose)
                .flatMap(held -> held.size() == 0
                        ? nothing()
                        : connection
                                .preparedQuery(ADD)
                                .execute(whose)
                                .flatMap(added -> added.size() == 0
                                        ? nothing()
                                        : fold(
                                                run,
                                                connection,
                                                added.iterator().next().getUUID("id"),
                                                key))));
    }

    private Uni<Void> fold(Run run, SqlClient client, UUID id, ProfileKey key) {
        run.differences.add(new Difference(id, List.of()));
        return writer.fold(client, id, key).flatMap(folded -> write(run, client, folded));
    }

    private static ProfileKey key(Row row) {
        return new ProfileKey(row.getString("student_id"), row.getString("chatbot_id"));
    }

    /** Takes the rows one after the other while the run may go on, and says how many it took. */
    private static Uni<Long> each(Run run, Iterable<Row> rows, Function<Row, Uni<Void>> step) {
        return Multi.createFrom()
                .iterable(rows)
                .select()
                .first(row -> run.mayGoOn())
                .onItem()
                .transformToUniAndConcatenate(row -> step.apply(row).replaceWith(row))
                .collect()
                .with(Collectors.counting());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
