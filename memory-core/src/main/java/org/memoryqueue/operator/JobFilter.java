package org.memoryqueue.operator;

import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.job.ErrorCode;
import org.memoryqueue.job.Priority;
import org.memoryqueue.status.ShownState;

/**
 * Which jobs are meant: those to which all applies that is not null.
 *
 * @param from handed in at this time or later
 * @param to handed in before this time
 * @param errorCode why they failed
 */
public record JobFilter(
        @Nullable ShownState state,
        @Nullable Priority priority,
        @Nullable String studentId,
        @Nullable String roomId,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime to,
        @Nullable ErrorCode errorCode) {

    @Nullable
    String priorityWord() {
        return priority == null ? null : priority.word();
    }

    @Nullable
    String errorCodeWord() {
        return errorCode == null ? null : errorCode.word();
    }

    /** As the record of an action keeps it: that a student was named, but not who, since the record outlives erasure. */
    JsonObject withoutStudent() {
        JsonObject kept = new JsonObject();
        put(kept, "state", state == null ? null : state.word());
        put(kept, "priority", priorityWord());
        put(kept, "studentId", studentId == null ? null : "(withheld)");
        put(kept, "roomId", roomId);
        put(kept, "from", from == null ? null : from.toInstant().toString());
        put(kept, "to", to == null ? null : to.toInstant().toString());
        put(kept, "errorCode", errorCodeWord());
        return kept;
    }

    private static void put(JsonObject kept, String name, @Nullable String value) {
        if (value != null) {
            kept.put(name, value);
        }
    }
}
