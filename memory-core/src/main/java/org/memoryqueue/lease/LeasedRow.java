package org.memoryqueue.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;
import org.memoryqueue.job.JobState;
import org.memoryqueue.job.Priority;
import org.memoryqueue.transcript.Message;
import org.memoryqueue.transcript.Session;
import org.memoryqueue.transcript.Transcript;

/** Reads the rows that a claim returns. */
@Singleton
final class LeasedRow {

    private final ObjectReader messages;

    LeasedRow(ObjectMapper json) {
        this.messages = json.readerFor(new TypeReference<List<Message>>() {});
    }

    Lease lease(Row row) {
        return new Lease(
                row.getLong("id"),
                row.getLong("lease_token"),
                Priority.ofWord(row.getString("priority")),
                row.getInteger("revision"),
                row.getInteger("attempts"),
                row.getOffsetDateTime("accepted_at").toInstant(),
                new Transcript(
                        new Session(
                                row.getString("student_id"),
                                row.getString("chatbot_id"),
                                row.getString("room_id"),
                                row.getOffsetDateTime("session_start").toInstant()),
                        messages(row.getString("messages"))));
    }

    static Claim.Refused refused(Row row) {
        return new Claim.Refused(row.getLong("id"), refusal(row));
    }

    private static Claim.Refusal refusal(Row row) {
        if (row.getString("state") == null) {
            return new Claim.Missing();
        }
        JobState state = JobState.ofWord(row.getString("state"));
        boolean delayed = row.getBoolean("delayed");
        return switch (state) {
            case COMPLETED, FAILED, CANCELLED -> new Claim.Ended(state);
            case RUNNING -> new Claim.Held(row.getOffsetDateTime("lease_until").toInstant());
            case QUEUED -> {
                if (delayed) {
                    yield new Claim.NotDue(row.getOffsetDateTime("run_at").toInstant());
                }
                if (row.getBoolean("halted")) {
                    yield new Claim.Halted();
                }
                yield row.getBoolean("suspect") ? new Claim.Suspect() : new Claim.Held(null);
            }
        };
    }

    static LostLease lost(Row row) {
        String state = row.getString("state");
        return new LostLease(
                row.getLong("id"), state == null || JobState.ofWord(state).isTerminal());
    }

    private List<Message> messages(String text) {
        try {
            return messages.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The stored messages are not what was stored", e);
        }
    }
}
