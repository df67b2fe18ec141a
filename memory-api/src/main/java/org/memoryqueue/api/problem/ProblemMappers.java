package org.memoryqueue.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.quarkus.hibernate.validator.runtime.jaxrs.ResteasyReactiveViolationException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.memoryqueue.api.problem.Problem.Violation;
import org.memoryqueue.commit.GroupCommitFullException;
import org.memoryqueue.database.SqlFailures;
import org.memoryqueue.intake.SessionContendedException;

/** Turns every failure into a problem that says what a caller can do, and nothing about our insides. */
final class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);
    private static final String ADMINISTRATION = "/api/admin/";

    @ServerExceptionMapper
    Response problem(ProblemException failure) {
        return failure.problem().response();
    }

    @ServerExceptionMapper
    Response rulesBroken(ResteasyReactiveViolationException failure) {
        List<Violation> violations = failure.getConstraintViolations().stream()
                .map(violation -> new Violation(FieldPath.of(violation.getPropertyPath()), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .toList();
        return Problem.invalid("Invalid request", violations).response();
    }

    /** Named besides its superclass, since Quarkus has a mapper of its own for this one, which wins otherwise. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure) {
        return wrongType(failure);
    }

    @ServerExceptionMapper
    Response wrongType(JsonMappingException failure) {
        return Problem.invalid("Invalid request", List.of(new Violation(FieldPath.of(failure), "has the wrong type")))
                .response();
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException failure) {
        return Problem.of(Response.Status.BAD_REQUEST, "Invalid JSON", "The body is not valid JSON")
                .response();
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        if (failure.getCause() instanceof JsonMappingException cause) {
            return wrongType(cause);
        }
        if (failure.getCause() instanceof JsonProcessingException cause) {
            return unreadable(cause);
        }
        Response.Status status =
                Response.Status.fromStatusCode(failure.getResponse().getStatus());
        if (status == null || status.getFamily() == Response.Status.Family.SERVER_ERROR) {
            return unexpected(failure);
        }
        return Problem.of(status, status.getReasonPhrase(), status.getReasonPhrase())
                .response();
    }

    @ServerExceptionMapper({
        GroupCommitFullException.class,
        SessionContendedException.class,
        TimeoutException.class,
        PgException.class,
        VertxException.class,
        NoStackTraceThrowable.class,
        IOException.class
    })
    Response unavailable(Throwable failure) {
        if (failure instanceof PgException refusal && SqlFailures.isCausedByContent(refusal)) {
            return unexpected(refusal);
        }
        LOG.warnf("A request could not be served: %s", failure);
        return Problem.of(
                        Response.Status.SERVICE_UNAVAILABLE,
                        "Service unavailable",
                        "The database is away or too slow; try again")
                .response();
    }

    /** A token that is missing, and one that does not count: why it does not is not told. */
    @ServerExceptionMapper({
        UnauthorizedException.class,
        AuthenticationFailedException.class,
        AuthenticationCompletionException.class
    })
    Response unauthenticated(Throwable failure) {
        Response problem = Problem.of(
                        Response.Status.UNAUTHORIZED, "Not authenticated", "A valid bearer token is needed")
                .response();
        return Response.fromResponse(problem)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException failure, UriInfo request) {
        return Problem.of(
                        Response.Status.FORBIDDEN,
                        request.getPath().startsWith(ADMINISTRATION)
                                ? "Unauthorized - Admin access required"
                                : "Forbidden",
                        "The role of the token does not allow this")
                .response();
    }

    @ServerExceptionMapper
    Response unexpected(Exception failure) {
        LOG.error("A request failed unexpectedly", failure);
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "Internal server error",
                        "Something went wrong on our side")
                .response();
    }
}
