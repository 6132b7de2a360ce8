package io.meridian.edge.adapter.http.wire;

/** Ends the handling of a request with a {@link Problem}. Has no stack trace: what a caller sent is no surprise. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.type().slug(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
