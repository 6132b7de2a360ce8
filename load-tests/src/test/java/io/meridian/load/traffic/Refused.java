package io.meridian.load.traffic;

/** A run cannot be as asked for; the message says why and what to do, and is all that people need to see. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Refused(String message) {
        super(message, null, false, false);
    }
}
