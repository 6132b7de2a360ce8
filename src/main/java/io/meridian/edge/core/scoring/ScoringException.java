package io.meridian.edge.core.scoring;

/**
 * A model gave no usable scores for this call. Checked, because every caller owes the visitor an answer without them.
 *
 * <p>Carries no stack trace: it is thrown on the way of a request, possibly for every one.
 */
public final class ScoringException extends Exception {
    private static final long serialVersionUID = 1L;

    public ScoringException(String message) {
        super(message, null, false, false);
    }

    public ScoringException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}
