package io.meridian.edge.app;

/** Why the service does not start: something an operator can mend. Carries no stack trace, for the message says it all. */
public final class StartupRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartupRefused(String message) {
        super(message, null, false, false);
    }
}
