package org.memoryqueue.api.problem;

import jakarta.ws.rs.core.Response;
import java.util.List;

/** Ends a request with a problem. */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    private ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** A parameter that is missing or wrong. */
    public static ProblemException badRequest(String error, String field, String message) {
        return new ProblemException(Problem.invalid(error, List.of(new Problem.Violation(field, message))));
    }

    /** Something that is not there, or that the caller may not see. */
    public static ProblemException notFound(String error) {
        return new ProblemException(Problem.of(Response.Status.NOT_FOUND, error, error));
    }

    /** What the caller may not do. */
    public static ProblemException forbidden(String error, String detail) {
        return new ProblemException(Problem.of(Response.Status.FORBIDDEN, error, detail));
    }

    /** Another request under the same key. */
    public static ProblemException unprocessable(String error, String detail) {
        return new ProblemException(Problem.unprocessable(error, detail));
    }

    /** More than the service can do. */
    public static ProblemException tooMany(String detail) {
        return new ProblemException(Problem.tooMany(detail));
    }

    Problem problem() {
        return problem;
    }
}
