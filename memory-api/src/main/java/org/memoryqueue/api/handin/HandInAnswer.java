package org.memoryqueue.api.handin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.memoryqueue.intake.Acceptance;

/** What the frontend is told of a session it handed in. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HandInAnswer(
        boolean success,
        @Nullable Boolean duplicate,
        String jobId,
        @Nullable String status,
        @Nullable String message,
        @Nullable RememberedMemory memory) {

    /** The memory of a session that was remembered before. */
    public record RememberedMemory(
            UUID id,
            @JsonProperty("created_at") OffsetDateTime createdAt,
            @JsonProperty("message_count") int messageCount) {}

    /** 202 for what will be remembered, 200 for a duplicate. */
    int statusCode() {
        return (Boolean.TRUE.equals(duplicate) ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED).getStatusCode();
    }

    /**
     * The response that carries it.
     *
     * @param replayed whether it was given before
     */
    RestResponse<HandInAnswer> response(boolean replayed) {
        RestResponse.ResponseBuilder<HandInAnswer> response = RestResponse.ResponseBuilder.<HandInAnswer>create(
                        statusCode())
                .entity(this)
                // Not by location(), which makes an absolute URI of it, of whatever host the caller says we are.
                .header("Location", "/api/student/memory/jobs/" + jobId);
        return (replayed ? response.header("Idempotency-Replayed", true) : response).build();
    }

    static HandInAnswer of(Acceptance acceptance) {
        String jobId = String.valueOf(acceptance.jobId());
        return switch (acceptance) {
            case Acceptance.Queued queued ->
                new HandInAnswer(true, null, jobId, "queued", "Memory processing has been queued", null);
            case Acceptance.UnderWay underWay -> new HandInAnswer(true, true, jobId, "queued", null, null);
            case Acceptance.Remembered(long id, UUID memoryId, OffsetDateTime createdAt, int messageCount) ->
                new HandInAnswer(
                        true, true, jobId, null, null, new RememberedMemory(memoryId, createdAt, messageCount));
        };
    }
}
