package io.meridian.load.compare;

/** What was given cannot be compared; the message says why, for people. */
final class NotComparable extends Exception {
    private static final long serialVersionUID = 1;

    NotComparable(String message) {
        super(message);
    }
}
