package io.meridian.edge.core.residency;

/** What a subject whose home is another region gets. */
public enum Misrouted {
    /** 421 with the home region's code. */
    REDIRECT,
    /** A contextual answer. */
    CONTEXTUAL
}
