package org.memoryqueue.api.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
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
@RegisterForReflection
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String error,
        @Nullable List<Violation> violations) {

    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The status of a caller, or a service, that has enough to do (RFC 6585). */
    public static final int TOO_MANY_REQUESTS = 429;

    private static final int UNPROCESSABLE = 422;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /**
     * A field that breaks a rule.
     *
     * @param field its path in the request, e.g. {@code messages[3].content}
     * @param message the rule
     */
    @RegisterForReflection
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

    /** More than a caller may ask for, or than the service can do. */
    public static Problem tooMany(String detail) {
        return of(Response.Status.TOO_MANY_REQUESTS, "Too many requests", detail);
    }

    /** A request that is understood, and contradicts another (RFC 9110, section 15.5.21). */
    public static Problem unprocessable(String error, String detail) {
        return new Problem("about:blank", "Unprocessable Content", UNPROCESSABLE, detail, error, null);
    }

    /** The response that carries it. */
    public Response response() {
        return response(RETRY_AFTER);
    }

    /**
     * The response that carries it.
     *
     * @param retryAfter when it is worth to try again, where it is at all
     */
    public Response response(Duration retryAfter) {
        Response.ResponseBuilder builder =
                Response.status(status).type(MediaType.valueOf(MEDIA_TYPE)).entity(this);
        return (status == 503 || status == TOO_MANY_REQUESTS
                        ? builder.header("Retry-After", seconds(retryAfter))
                        : builder)
                .build();
    }

    /** A duration as headers give it, rounded up. */
    public static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
