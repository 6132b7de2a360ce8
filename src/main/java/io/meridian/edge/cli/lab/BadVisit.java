package io.meridian.edge.cli.lab;

/** A visit that cannot be read. The message says where and what would be right. */
public final class BadVisit extends Exception {
    private static final long serialVersionUID = 1L;

    public BadVisit(String message) {
        super(message);
    }
}
