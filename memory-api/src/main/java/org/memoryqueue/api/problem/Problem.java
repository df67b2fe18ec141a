package org.memoryqueue.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457).
 *
 * @param type always {@code about:blank}: the status says it all
 * @param title the status in words
 * @param status the HTTP status
 * @param detail what is wrong in this case, for a person
 * @param error the short text of the older server, which the frontend shows
 * @param violations the fields that break a rule; left out when there are none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String error,
        @Nullable List<Violation> violations) {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final int RETRY_AFTER_SECONDS = 2;

    /**
     * A field that breaks a rule.
     *
     * @param field its path in the request, e.g. {@code messages[3].content}
     * @param message the rule
     */
    public record Violation(String field, String message) {}

    /** A problem without single fields. */
    public static Problem of(Response.Status status, String error, String detail) {
        return new Problem("about:blank", status.getReasonPhrase(), status.getStatusCode(), detail, error, null);
    }

    /** A request that breaks rules. */
    public static Problem invalid(String error, List<Violation> violations) {
        String detail = violations.size() == 1
                ? violations.getFirst().field() + " " + violations.getFirst().message()
                : violations.size() + " fields break a rule";
        return new Problem("about:blank", "Bad Request", 400, detail, error, violations);
    }

    /** The response that carries it. */
    public Response response() {
        Response.ResponseBuilder builder =
                Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this);
        return (status == 503 ? builder.header("Retry-After", RETRY_AFTER_SECONDS) : builder).build();
    }
}
