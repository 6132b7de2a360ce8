package io.meridian.edge.core.model;

/** How much a caller wants to know about the way of a decision. */
public enum Explain {
    NONE,
    /** Why each candidate was out. */
    REASONS,
    /** Also how each score came about, factor by factor. */
    FULL
}
